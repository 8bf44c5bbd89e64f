"""Refusals of files."""

from typing import Any, TypeVar

from orderhub.kit.errors import (
    ConflictError,
    FieldError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    TooLargeError,
    TooManyError,
)
from orderhub.kit.text import Label

R = TypeVar("R", bound=InvalidError)


class FileNotFoundHereError(NotFoundError):
    """No such file, or the caller may not see it."""

    code = "file_not_found"
    title = Label("Fichier introuvable", "File not found")


class LinkExpiredError(ForbiddenError):
    """The download link is past its time, its session was signed out, or it was never given out."""

    code = "link_expired"
    title = Label("Lien expiré", "The link has expired")


class FileTooLargeError(TooLargeError):
    """The upload is larger than what is accepted; the extras say how large it may be."""

    code = "file_too_large"
    title = Label("Fichier trop volumineux", "File too large")


class FileTypeRefusedError(InvalidError):
    """The content is of no accepted type, whatever its name says."""

    code = "file_type_refused"
    title = Label("Type de fichier refusé", "File type refused")


class ImageRefusedError(InvalidError):
    """The image can't be read, or would take too long; the extras say what bound it passes, where it is one."""

    code = "image_refused"
    title = Label("Image refusée", "Image refused")


class FileEmptyError(InvalidError):
    """The upload has no content."""

    code = "file_empty"
    title = Label("Fichier vide", "Empty file")


class UploadsUsedUpError(TooManyError):
    """The account has uploaded what it may in a day; the extras say how much that is, and when the next one begins."""

    code = "uploads_used_up"
    title = Label("Limite quotidienne d’envois atteinte", "Daily uploads used up")


class StorageUsedUpError(ConflictError):
    """The account keeps as many bytes as it may; the extras say how many."""

    code = "storage_used_up"
    title = Label("Espace de stockage épuisé", "Storage used up")


class FileUnusableError(InvalidError):
    """A file that is to be attached is not one that the caller uploaded for that."""

    code = "file_unusable"
    title = Label("Fichier inutilisable", "Unusable file")


class PhotoUnusableError(InvalidError):
    """A photo must be an image that was uploaded to be one."""

    code = "photo_unusable"
    title = Label("Photo inutilisable", "Unusable photo")


def refuse(kind: type[R], detail: Label, **extras: Any) -> R:
    """A refusal that points at the uploaded file."""
    return kind(detail, errors=(FieldError("/file", kind.code, detail),), **extras)
