<?php

/**
 * A small API behind `php -S`: it accepts every Bearer token but those that the file REFUSED names, and says what
 * it was sent. `/elsewhere` redirects to the address that its query names.
 */

declare(strict_types=1);

$authorization = $_SERVER['HTTP_AUTHORIZATION'] ?? null;
$body = (string) file_get_contents('php://input');
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$sent = ['method' => $_SERVER['REQUEST_METHOD'], 'path' => $path, 'authorization' => $authorization, 'body' => $body];
file_put_contents(getenv('RECORD'), json_encode($sent) . "\n", FILE_APPEND | LOCK_EX);
$refused = json_decode((string) file_get_contents(getenv('REFUSED')), true);
$token = substr((string) $authorization, strlen('Bearer '));
$answer = static function (int $status, array $document): void {
    http_response_code($status);
    header('Content-Type: application/json');
    echo json_encode($document);
};
if ($path === '/elsewhere') {
    header('Location: ' . $_GET['to'], true, 307);
} elseif (isset($refused[$token])) {
    $answer(401, ['code' => $refused[$token], 'message' => 'Authentication failed.']);
} elseif ($refused === ['every' => 2]) {
    $answer(401, ['code' => 2, 'message' => 'Authentication failed.']);
} else {
    $answer(200, $sent);
}
