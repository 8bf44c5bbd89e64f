"""What is printed around the figures, in French and in English."""

from typing import Final

from orderhub.domain.documents.kinds import DocumentKind
from orderhub.kit.text import Label

# fmt: off
TITLES: Final = {
    DocumentKind.PROFORMA:      Label("Proforma", "Proforma"),
    DocumentKind.FINAL_INVOICE: Label("Facture", "Invoice"),
    DocumentKind.CREDIT_NOTE:   Label("Avoir", "Credit note"),
}

WORDS: Final = {
    "draft":            Label("Brouillon", "Draft"),
    "page":             Label("Page", "Page"),
    "of":               Label("sur", "of"),
    "for":              Label("Adressé à", "For"),
    "date":             Label("Date", "Date"),
    "version":          Label("Version", "Version"),
    "valid_until":      Label("Valable jusqu’au", "Valid until"),
    "purchase_by":      Label("Achat promis le", "Purchase promised by"),
    "arrive_by":        Label("Arrivée promise le", "Arrival promised by"),
    "quote":            Label("Demande", "Request"),
    "order":            Label("Commande", "Order"),
    "proforma":         Label("Proforma", "Proforma"),
    "corrects":         Label("Sur la facture", "On invoice"),
    "corrects_date":    Label("du", "of"),
    "vat_id":           Label("N° TVA", "VAT"),
    "article":          Label("Article", "Article"),
    "quantity":         Label("Qté", "Qty"),
    "unit_price":       Label("Prix unitaire HT", "Unit price"),
    "tax":              Label("TVA", "VAT"),
    "amount":           Label("Montant HT", "Amount"),
    "amounts_in":       Label("Montants en {currency}, hors taxes.", "Amounts in {currency}, before tax."),
    "freight":          Label("Transport", "Freight"),
    "by_weight":        Label("{weight} à {rate} le kilogramme", "{weight} at {rate} a kilogram"),
    "goods":            Label("Articles", "Articles"),
    "fees":             Label("Frais", "Fees"),
    "before_tax":       Label("Total HT", "Total before tax"),
    "tax_on":           Label("TVA {rate} sur {base}", "VAT {rate} on {base}"),
    "total":            Label("Total", "Total"),
    "total_with_tax":   Label("Total TTC", "Total with tax"),
    "deposit":          Label("Acompte à verser ({percent})", "Deposit to pay ({percent})"),
    "later":            Label("Solde à la livraison", "Balance on delivery"),
    "paid":             Label("Déjà payé", "Already paid"),
    "due":              Label("Solde à payer", "Balance due"),
    "surplus":          Label("Trop-perçu à rembourser", "Surplus to refund"),
    "settled":          Label("Solde : rien à payer", "Balance: nothing due"),
    "credited":         Label("Montant crédité", "Amount credited"),
    "how_to_pay":       Label("Moyens de paiement", "How to pay"),
    "reference":        Label("Référence à rappeler : {number}", "Reference to quote: {number}"),
    "transfer":         Label("Virement", "Bank transfer"),
    "mobile_money":     Label("Mobile money", "Mobile money"),
    "remarks":          Label("Remarques", "Remarks"),
    "reason":           Label("Motif", "Reason"),
    "no_invoice":       Label("Cette proforma ne vaut pas facture. Les prix sont fermes jusqu’à la date de validité.",
                              "This proforma is not an invoice. Prices are firm until the date of validity."),
    "draft_only":       Label("Brouillon : les prix peuvent encore changer.", "Draft: prices may still change."),
    "on_receipt":       Label("Payable à réception.", "Payable on receipt."),
}
# fmt: on
