package io.pinfold.follower.assembly;

import io.pinfold.chain.core.machine.ChainMachine;
import io.pinfold.chain.core.sync.BlockServer;
import io.pinfold.follower.chain.ChainHeadMethod;
import io.pinfold.follower.chain.ChainRangeMethod;
import io.pinfold.follower.chain.EvidenceMethod;
import io.pinfold.follower.names.NameKeepMethod;
import io.pinfold.follower.names.NameRecordMethod;
import io.pinfold.follower.peers.IdMethod;
import io.pinfold.follower.status.StatusMethod;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfsnode.ipns.RecordShelf;
import io.pinfold.ipfsnode.node.EmbeddedNode;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.server.RpcHandler;
import io.pinfold.trust.EvidenceFolder;
import java.util.Map;
import java.util.Optional;

/** What other peers may call, and the parts that answer. */
final class RpcMethods {

    private RpcMethods() {}

    static Map<String, RpcHandler> of(Membership membership, ChainMachine machine, Stores stores, Pinning pinning,
            EvidenceFolder evidence, IpfsNode node) {
        Optional<RecordShelf> names = node instanceof EmbeddedNode own ? Optional.of(own.records()) : Optional.empty();
        return Map.of(
                MethodTable.ID.name(), new IdMethod(membership.directory::card),
                MethodTable.CHAIN_HEAD.name(), new ChainHeadMethod(machine::heads),
                MethodTable.CHAIN_RANGE.name(), new ChainRangeMethod(new BlockServer(stores.blocks)),
                MethodTable.PIN_STATUS.name(), new StatusMethod(pinning.tracker),
                MethodTable.EVIDENCE.name(), new EvidenceMethod(evidence::all),
                MethodTable.NAME_RECORD.name(), new NameRecordMethod(names),
                MethodTable.NAME_KEEP.name(), new NameKeepMethod(names));
    }
}
