package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfsnode.pins.Budget;
import io.pinfold.ipfsnode.pins.ImportSession;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.PinOutcome;
import io.pinfold.ipfsnode.pins.PinStatus;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Refusal;
import java.util.List;

/** An import into the embedded node: what is put is held, and goes soon after the end if nothing keeps it. */
record NodeImport(ImportSession session, Pins pins, Budget budget) implements BlockImport {

    @Override
    public Answer<Integer> put(List<Block> blocks) {
        return switch (session.put(blocks)) {
            case ImportSession.Imported.Stored _ -> new Answer.Got<>(blocks.size());
            case ImportSession.Imported.OverBudget(long bytes) ->
                new Answer.Failed<>(Failures.overBudget(bytes, budget.used(), budget.max()));
            case ImportSession.Imported.Unreadable(Cid cid, Refusal refusal) -> failed(cid + ": " + refusal.detail());
            case ImportSession.Imported.Trouble(String detail, boolean full) ->
                new Answer.Failed<>(Failures.disk(detail, full));
        };
    }

    @Override
    public Answer<Cid> keep(Cid root, String name) {
        return pins.status(root) instanceof PinStatus.Finished(Pin there) && there.isRecursive()
                ? new Answer.Got<>(root)
                : commit(new Pin(root, Pin.ALL, name));
    }

    private Answer<Cid> commit(Pin pin) {
        return switch (session.commit(pin)) {
            case PinOutcome.Done _ -> new Answer.Got<>(pin.root());
            case PinOutcome.Trouble(String detail, boolean full) -> new Answer.Failed<>(Failures.disk(detail, full));
            case PinOutcome.Missing(List<Cid> some) -> new Answer.Failed<>(new BackendFailure(Kind.NOT_FOUND,
                    "what " + pin.root() + " links to is not all here; missing is " + some.getFirst()));
            case PinOutcome other -> failed(pin.root() + " could not be pinned: " + other);
        };
    }

    private static <T> Answer<T> failed(String detail) {
        return new Answer.Failed<>(new BackendFailure(Kind.REFUSED, detail));
    }

    @Override
    public void close() {
        session.close();
    }
}
