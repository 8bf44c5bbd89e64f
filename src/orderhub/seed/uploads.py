"""The files of the sample data: small pictures that are drawn here, and a text, kept as any upload is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import Account
from orderhub.domain.files.inspection import Inspected, inspect
from orderhub.domain.files.models import FilePurpose
from orderhub.domain.files.portraits import set_portrait
from orderhub.domain.files.ports import FileStorage
from orderhub.domain.files.service import Keys, record, store
from orderhub.domain.sample_receipts import RECEIPTS
from orderhub.domain.samples import AWA, BRUNO, KOFFI, LEA, MOUSSA, YANNICK, Files, SamplePerson
from orderhub.domain.samples.attic import AtticFiles
from orderhub.domain.samples.haggling import COAT_PHOTO
from orderhub.domain.samples.wardrobe import ItemPhotos

_SIZE: Final = (480, 320)
_PAID_BY: Final = {
    Files.RECEIPT_OF_AWA: AWA,
    Files.NEW_RECEIPT_OF_AWA: AWA,
    Files.RECEIPT_OF_KOFFI: KOFFI,
    Files.RECEIPT_OF_LEA: LEA,
}
_BRIEF: Final = """Les Paniers d’Awa
Épicerie de quartier, produits frais d’Afrique de l’Ouest et d’Île-de-France.
Couleurs : vert mangue et terre cuite. À éviter : les clichés de savane.
"""


@dataclass(frozen=True, slots=True)
class _Upload:
    id: UUID
    owner: SamplePerson
    name: str
    purpose: FilePurpose
    content: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A file whose bytes are in the storage, and which has no row yet."""

    id: UUID
    owner_id: UUID
    keys: Keys
    upload: Inspected


async def store_files(storage: FileStorage) -> Sequence[Stored]:
    """Draw, look into and store every file; before any transaction, since it goes to a disk or further."""
    return [await _store(storage, wanted) for wanted in _uploads()]


async def _store(storage: FileStorage, wanted: _Upload) -> Stored:
    upload = inspect(BytesIO(wanted.content), name=wanted.name, purpose=wanted.purpose)
    try:
        return Stored(wanted.id, wanted.owner.id, await store(storage, upload), upload)
    finally:
        upload.close()


async def write_files(session: AsyncSession, stored: Sequence[Stored], now: datetime) -> None:
    """The rows of what was stored, and who is shown by it."""
    for file in stored:
        record(session, file.upload, keys=file.keys, owner_id=file.owner_id, now=now).id = file.id
    await session.flush()
    await set_portrait(session, await session.get_one(Account, BRUNO.id), Files.PORTRAIT_OF_BRUNO)
    await session.flush()


def _uploads() -> Sequence[_Upload]:
    photo, private = FilePurpose.PHOTO, FilePurpose.ATTACHMENT
    return (
        _Upload(Files.LOGO_PHOTO, BRUNO, "logo.jpg", photo, _draw("#2f7d4f", "#f2c14e")),
        _Upload(Files.LOGO_SKETCHES, BRUNO, "esquisses.jpg", photo, _draw("#f4f1ea", "#c8553d")),
        _Upload(Files.FLYER_PHOTO, BRUNO, "flyer.jpg", photo, _draw("#c8553d", "#f4f1ea")),
        _Upload(Files.WEBSITE_PHOTO, BRUNO, "site.jpg", photo, _draw("#1d3557", "#a8dadc")),
        _Upload(Files.VIDEO_PHOTO, MOUSSA, "montage.jpg", photo, _draw("#22223b", "#f25f5c")),
        _Upload(Files.FURNITURE_PHOTO, YANNICK, "meubles.jpg", photo, _draw("#8d6a4f", "#ede0d4")),
        _Upload(Files.MOVING_PHOTO, YANNICK, "camion.jpg", photo, _draw("#577590", "#f9c74f")),
        _Upload(Files.TRANSLATION_PHOTO, LEA, "dictionnaires.jpg", photo, _draw("#6d597a", "#eaac8b")),
        _Upload(Files.HABERDASHERY_LOGO, LEA, "mercerie.jpg", photo, _draw("#f4f1ea", "#6d597a")),
        _Upload(COAT_PHOTO, BRUNO, "manteau.jpg", photo, _draw("#ddb892", "#7f5539")),
        _Upload(ItemPhotos.SNEAKERS, YANNICK, "baskets.jpg", photo, _draw("#ede0d4", "#ffffff")),
        _Upload(ItemPhotos.DENIM_JACKET, LEA, "veste.jpg", photo, _draw("#a8dadc", "#1d3557")),
        _Upload(ItemPhotos.DENIM_JACKET_BACK, LEA, "veste-dos.jpg", photo, _draw("#ede0d4", "#1d3557")),
        _Upload(ItemPhotos.SCARF, LEA, "echarpe.jpg", photo, _draw("#f4f1ea", "#c8553d")),
        _Upload(ItemPhotos.DRESS, LEA, "robe.jpg", photo, _draw("#f4f1ea", "#b5838d")),
        _Upload(ItemPhotos.BOOTS, BRUNO, "bottines.jpg", photo, _draw("#ede0d4", "#582f0e")),
        _Upload(ItemPhotos.SWEATER, YANNICK, "pull.jpg", photo, _draw("#f4f1ea", "#386641")),
        _Upload(ItemPhotos.BACKPACK, LEA, "sac-a-dos.jpg", photo, _draw("#a8dadc", "#6d597a")),
        _Upload(ItemPhotos.BELT, BRUNO, "ceinture.jpg", photo, _draw("#f4f1ea", "#7f5539")),
        _Upload(ItemPhotos.SKIRT, LEA, "jupe.jpg", photo, _draw("#ede0d4", "#355070")),
        _Upload(ItemPhotos.CAP, YANNICK, "casquette.jpg", photo, _draw("#e6ccb2", "#1d3557")),
        _Upload(ItemPhotos.SHIRT, BRUNO, "chemise.jpg", photo, _draw("#577590", "#ffffff")),
        _Upload(Files.PORTRAIT_OF_BRUNO, BRUNO, "bruno.jpg", photo, _draw("#1d3557", "#ede0d4")),
        _Upload(Files.PORTRAIT_OF_AWA, AWA, "awa.jpg", photo, _draw("#c8553d", "#22223b")),
        _Upload(AtticFiles.BOX, YANNICK, "carton.jpg", photo, _draw("#7f5539", "#e6ccb2")),
        _Upload(AtticFiles.STAIN, AWA, "piece-manquante.jpg", private, _draw("#ede0d4", "#9c6644")),
        _Upload(AtticFiles.SCRATCH, YANNICK, "rayure.jpg", private, _draw("#b08968", "#22223b")),
        _Upload(Files.BRIEF, AWA, "brief.txt", private, _BRIEF.encode()),
        _Upload(Files.DRAFT_FLYER, BRUNO, "flyer-epreuve.jpg", private, _draw("#f2c14e", "#2f7d4f")),
        *(_Upload(file, _PAID_BY[file], "recu.pdf", private, content) for file, content in RECEIPTS.items()),
    )


def _draw(ground: str, figure: str) -> bytes:
    """A picture of two colours: enough to see that it is one."""
    width, height = _SIZE
    picture = Image.new("RGB", _SIZE, ground)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((width * 0.34, height * 0.2, width * 0.66, height * 0.68), fill=figure)
    pen.rectangle((width * 0.25, height * 0.76, width * 0.75, height * 0.82), fill=figure)
    content = BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()
