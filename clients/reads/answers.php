<?php
// Reads recorded answers with a client: answers.php FOLDER ANSWERS. What is told apart comes untyped, and is read
// as what it is by name. The first notice ends it.
declare(strict_types=1);
require __DIR__ . '/../load_all.php';

use OpenAPI\Client\Model;
use OpenAPI\Client\ObjectSerializer;

$answers = json_decode(file_get_contents($argv[2]))->answers;
$history = ObjectSerializer::deserialize($answers->list_order_transitions->{''}->body, Model\OrderHistoryPage::class);
foreach ($history->getData() as $happened) {
    if ($happened->action === 'deliver') {
        $said = ObjectSerializer::deserialize($happened, Model\OrderDeliverEntry::class)->getSaid();
        echo $said->getMessage(), ' with ', count($said->getFiles()), " files\n";
    }
}
$feed = ObjectSerializer::deserialize($answers->list_events->{''}->body, Model\EventFeed::class);
echo count($feed->getData()), " events\n";
