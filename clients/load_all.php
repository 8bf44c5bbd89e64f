<?php
// Reads every file of a client and loads every class: load_all.php FOLDER. The first notice ends it.
declare(strict_types=1);
set_error_handler(static function (int $kind, string $said, string $file, int $line): never {
    throw new ErrorException($said, 0, $kind, $file, $line);
});
require '/usr/share/php/GuzzleHttp/autoload.php';
$root = realpath($argv[1]);
spl_autoload_register(static function (string $class) use ($root): void {
    $file = $root . '/' . str_replace('\\', '/', substr($class, strlen('OpenAPI\\Client\\'))) . '.php';
    if (str_starts_with($class, 'OpenAPI\\Client\\') && is_file($file)) {
        require_once $file;
    }
});
$loaded = 0;
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($root, FilesystemIterator::SKIP_DOTS)) as $file) {
    $name = substr((string) $file, strlen($root) + 1, -4);
    $class = 'OpenAPI\\Client\\' . str_replace('/', '\\', $name);
    if (!class_exists($class) && !interface_exists($class) && !enum_exists($class)) {
        throw new RuntimeException("$file has no $class");
    }
    $loaded += 1;
}
echo "$loaded classes\n";
