"""Clients in Kotlin, Go, PHP, Dart and Swift, all made by openapi-generator."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from clients.client import GENERATED, HERE, ROOT, Client, Place, Step, Tool
from clients.machine import JAVA, NODE, NPM, PYTHON

_GO: Final = Tool("go", "golang-go")
_GO_CODE: Final = Path("/usr/share/gocode")
_GO_LIBRARIES: Final = (
    Tool("golang.org/x/oauth2", "golang-golang-x-oauth2-dev", _GO_CODE / "src/golang.org/x/oauth2/oauth2.go"),
    Tool("validator.v2", "golang-gopkg-validator.v2-dev", _GO_CODE / "src/gopkg.in/validator.v2/validator.go"),
)
_PHP: Final = (
    Tool("php", "php-cli"),
    Tool("guzzle", "php-guzzlehttp-guzzle", Path("/usr/share/php/GuzzleHttp/autoload.php")),
    Tool("mbstring", "php-mbstring", Path("/usr/share/doc/php-mbstring")),
)
_GSON: Final = Tool("gson", "libgoogle-gson-java", Path("/usr/share/java/gson.jar"))
_ANSWERS: Final = ROOT / "openapi" / "answers.json"
"""What a hub answered, to be read with a client."""
_KOTLIN_CLIENT: Final = ("--library", "jvm-okhttp4")


def _made(generator: str, *flags: str, **properties: str) -> Callable[[Place], Sequence[Step]]:
    def generate(place: Place) -> Sequence[Step]:
        said = ",".join(f"{name}={value}" for name, value in properties.items())
        more = [f"--additional-properties={said}"] if said else []
        command = [PYTHON / "openapi-generator-cli", "generate", "-g", generator, "-i", place.document]
        return [Step([*command, "-o", place.out, *flags, *more])]

    return generate


def _php_made(place: Place) -> Sequence[Step]:
    """PHP has no unions, and a class with the fields of all would read none of them: what is a union stays untyped."""
    schemas = json.loads(place.document.read_text())["components"]["schemas"]
    unions = ",".join(f"{name}=mixed" for name, schema in schemas.items() if "discriminator" in schema)
    return _made("php", "--type-mappings", unions)(place)


def _go(place: Place) -> Sequence[Step]:
    """Built beside Debian's libraries, as a package of GOPATH: without a network there are no modules."""
    path = GENERATED / "gopath"
    package = path / "src" / "orderhub"
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(place.out, package, ignore=shutil.ignore_patterns("test", "docs"))
    environment = {"GOPATH": f"{path}:{_GO_CODE}", "GO111MODULE": "off", "GOFLAGS": ""}
    built = [Step(["go", verb, "."], package, environment) for verb in ("build", "vet")]
    return [*built, Step(["go", "run", HERE / "reads" / "answers.go", _ANSWERS], package, environment)]


def _php(place: Place) -> Sequence[Step]:
    """Every file is read, every class loaded, and recorded answers are read with them; any notice is an error."""
    read = HERE / "reads" / "answers.php"
    return [Step(["php", "-d", "error_reporting=-1", read, place.out / "lib", _ANSWERS])]


def _kotlin_models(place: Place) -> Sequence[Step]:
    """The models; what sends them needs OkHttp 4, which neither Debian nor npm has."""
    models = place.out / "src/main/kotlin/org/openapitools/client/models"
    compiler = HERE / "node_modules/kotlin-compiler/bin/kotlinc"
    command = [compiler, "-cp", "/usr/share/java/gson.jar", "-d", place.out / "models.jar", models]
    # In the half gigabyte that the compiler takes by itself it would collect garbage more than compile.
    return [Step(command, environment={"JAVA_OPTS": "-Xmx2G"}, within=600.0)]


OTHERS: Final = (
    Client(
        key="kotlin",
        name="openapi-generator kotlin, kotlinx.serialization",
        generator="openapi-generator-cli",
        npm=False,
        needs=(JAVA,),
        generate=_made(
            "kotlin", *_KOTLIN_CLIENT, serializationLibrary="kotlinx_serialization", generateOneOfAnyOfWrappers="true"
        ),
        compiled_by="not compiled: kotlinx-serialization-json and OkHttp are in neither Debian nor npm",
        union="`sealed interface OrderAction`: `OrderAction.AcceptWrapper(AcceptOrder(…))`",
        union_file="src/main/kotlin/org/openapitools/client/models/OrderAction.kt",
    ),
    Client(
        key="kotlin-gson",
        name="openapi-generator kotlin, Gson",
        generator="openapi-generator-cli",
        npm=False,
        needs=(JAVA,),
        generate=_made("kotlin", *_KOTLIN_CLIENT, serializationLibrary="gson", generateOneOfAnyOfWrappers="true"),
        compile=_kotlin_models,
        compile_needs=(NODE, NPM, _GSON),
        compiled_by="kotlinc: the models (requests need OkHttp 4, which is in neither Debian nor npm)",
        union="`OrderAction(AcceptOrder(…))`; `actualInstance` is the action",
        union_file="src/main/kotlin/org/openapitools/client/models/OrderAction.kt",
    ),
    Client(
        key="go",
        name="openapi-generator go",
        generator="openapi-generator-cli",
        npm=False,
        needs=(JAVA,),
        generate=_made("go", enumClassPrefix="true", useOneOfDiscriminatorLookup="true"),
        compile=_go,
        compile_needs=(_GO, *_GO_LIBRARIES),
        compiled_by="go build, go vet; reads recorded answers",
        union="`AcceptOrderAsOrderAction(&…)`; `GetActualInstance()` is the action",
        union_file="model_order_action.go",
    ),
    Client(
        key="php",
        name="openapi-generator php",
        generator="openapi-generator-cli",
        npm=False,
        needs=(JAVA,),
        generate=_php_made,
        compile=_php,
        compile_needs=_PHP,
        compiled_by="php: every class loaded; reads recorded answers",
        union="no unions in PHP: untyped; give the action's own class, `new AcceptOrder([…])`",
        union_file="lib/Model",
    ),
    Client(
        key="dart",
        name="openapi-generator dart-dio",
        generator="openapi-generator-cli",
        npm=False,
        needs=(JAVA,),
        generate=_made("dart-dio"),
        compiled_by="not compiled: Dart is in neither Debian nor npm",
        union="`OrderAction` holds `oneOf`, one of the actions' classes (built_value)",
        union_file="lib/src/model/order_action.dart",
    ),
    Client(
        key="swift",
        name="openapi-generator swift6",
        generator="openapi-generator-cli",
        npm=False,
        needs=(JAVA,),
        generate=_made("swift6"),
        compiled_by="not compiled: Swift is in neither Debian 12 nor npm",
        union="`enum OrderAction`: `.typeAcceptOrder(AcceptOrder(…))`",
        union_file="Sources/OpenAPIClient/Models/OrderAction.swift",
    ),
)
