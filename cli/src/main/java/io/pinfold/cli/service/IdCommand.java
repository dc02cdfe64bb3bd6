package io.pinfold.cli.service;

import io.pinfold.chain.core.Genesis;
import io.pinfold.cli.console.Complaint;
import io.pinfold.multiformats.PeerId;
import picocli.CommandLine.Command;

/** {@code id}. */
@Command(name = "id", description = "who the peer is, its cluster, and whom the cluster trusts")
final class IdCommand extends FolderCommand {

    @Override
    void run(Service service, PeerFolder folder) throws Complaint {
        folder.open();
        PeerId id = folder.requireIdentity().id();
        Genesis genesis = folder.requireGenesis();
        ClusterCard card = new ClusterCard(id, genesis, folder.path());
        service.printout().show(card.text(), card.json());
    }
}
