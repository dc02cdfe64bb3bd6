package io.pinfold.cli.service;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.Pin;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.ProgramVersion;
import io.pinfold.cli.console.ProgressLine;
import io.pinfold.follower.assembly.OfflineImport;
import io.pinfold.follower.assembly.OfflineImport.Added;
import io.pinfold.follower.assembly.PeerSetup;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.follower.config.folder.FolderLock;
import io.pinfold.follower.offline.FolderUnusableException;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.trust.Identity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code state import}. */
@Command(name = "import", description = "add the pins of a file, one JSON object a line, to the pinset, as operations of this peer, whose"
        + " key must be trusted; pins that are not in the file stay")
final class StateImportCommand extends FolderCommand {

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "what 'state export' of this program or of ipfs-cluster-service wrote"
            + " (default, and -: standard input)")
    private Optional<Path> file = Optional.empty();

    @Option(names = {"-y", "--yes", "-f", "--force"}, description = "do not ask")
    private boolean yes;

    @Option(names = "--alone", description = "make blocks without having heard another peer, as of the daemon")
    private boolean alone;

    @Mixin
    private ImportOptions changes = new ImportOptions();

    /** What is in the file. */
    private record Count(long fresh, long changed, long same, long expired) {

        long all() {
            return fresh + changed + same + expired;
        }

        long toImport() {
            return fresh + changed;
        }
    }

    @Override
    void run(Service service, PeerFolder folder) throws Complaint, InterruptedException {
        changes.check();
        try (FolderLock _ = PeerFolder.lock(folder.open())) {
            Identity identity = folder.requireIdentity();
            Genesis genesis = folder.requireGenesis();
            if (!genesis.keys().publishers().contains(identity.id())) {
                throw new Complaint("error: the key of this peer, " + identity.id() + ", is not among those that the"
                        + " cluster " + genesis.name() + " trusts, so it cannot change the pinset; import on a"
                        + " trusted peer", ServiceExit.NOT_TRUSTED);
            }
            PeerConfig config = new Configuration(service.console(), folder)
                    .load(alone ? List.of("trust.alone=true") : List.of());
            PeerSetup setup = new PeerSetup(folder.path(), identity, genesis, List.of(), List.of(), config,
                    ProgramVersion.get());
            try (ImportSource source = ImportSource.open(file, service.console(), folder.path());
                    OfflineImport target = OfflineImport.open(setup, service.console().clock())) {
                run(service, genesis, identity, target, source);
            }
        } catch (FolderUnusableException e) {
            throw new Complaint("error: " + e.sentence(), ServiceExit.CONFIGURATION);
        }
    }

    private void run(Service service, Genesis genesis, Identity identity, OfflineImport target, ImportSource source)
            throws Complaint, InterruptedException {
        Console console = service.console();
        Count count = count(console, genesis, target, source);
        if (count.toImport() > 0 && !yes) {
            confirm(console, count, source, genesis.name() + " as operations of " + identity.id());
        }
        boolean _ = count.toImport() == 0 || target.signs();
        if (count.toImport() > 0) {
            add(console, genesis, target, count, source);
        }
        long waiting = target.settle();
        service.printout().show(text(count, waiting, target), json(count, waiting, target));
    }

    private static void confirm(Console console, Count count, ImportSource source, String where) throws Complaint {
        if (!console.inIsTerminal() || source.isCopy()) {
            throw new Complaint("error: nobody can be asked here; --yes imports without asking", ServiceExit.USAGE);
        }
        if (!console
                .confirms(source.name() + " has " + count.all() + " pins: " + count.fresh() + " new, " + count.changed()
                        + " with other options, " + count.same() + " that are there already, " + count.expired()
                        + " expired. Import " + count.toImport() + " into the cluster " + where + "?")) {
            throw new Complaint("nothing was imported", ServiceExit.FAILED);
        }
    }

    /** Goes through the whole file, so that a broken line ends the import before it begins. */
    private Count count(Console console, Genesis genesis, OfflineImport target, ImportSource source)
            throws Complaint {
        long fresh = 0;
        long changed = 0;
        long same = 0;
        long expired = 0;
        try (PinLines lines = PinLines.open(source)) {
            for (Optional<PinInfo> info = lines.next(); info.isPresent(); info = lines.next()) {
                Pin pin = pin(lines, info.get(), genesis);
                Optional<Pin> present = target.present(pin.cid());
                if (isExpired(pin, console)) {
                    expired++;
                } else if (present.isEmpty()) {
                    fresh++;
                } else if (present.get().equals(pin)) {
                    same++;
                } else {
                    changed++;
                }
            }
        }
        return new Count(fresh, changed, same, expired);
    }

    private void add(Console console, Genesis genesis, OfflineImport target, Count count, ImportSource source)
            throws Complaint, InterruptedException {
        ProgressLine progress = new ProgressLine(console, "pins imported");
        Map<Cid, Pin> batch = new LinkedHashMap<>();
        long done = 0;
        try (PinLines lines = PinLines.open(source)) {
            for (Optional<PinInfo> info = lines.next(); info.isPresent(); info = lines.next()) {
                Pin pin = pin(lines, info.get(), genesis);
                boolean wanted = !isExpired(pin, console)
                        && target.present(pin.cid()).filter(pin::equals).isEmpty();
                if (wanted) {
                    batch.put(pin.cid(), pin);
                }
                if (batch.size() == OfflineImport.MAX_BATCH) {
                    done += flush(target, batch, done, count);
                    progress.at(done, count.toImport());
                }
            }
        }
        flush(target, batch, done, count);
        progress.end();
    }

    private static long flush(OfflineImport target, Map<Cid, Pin> batch, long before, Count count)
            throws Complaint, InterruptedException {
        List<Pin> pins = new ArrayList<>(batch.values());
        batch.clear();
        switch (target.add(pins)) {
            case Added.All _ -> {
                return pins.size();
            }
            case Added.Full(int done) -> throw partly(before + done, count, "no more operations can wait for a block ("
                    + target.hindrance().orElse("blocks are not made fast enough")
                    + "); run the peer until they are in blocks, and import the same file again", ServiceExit.FAILED);
            case Added.Failed(int done, String detail) ->
                throw partly(before + done, count, detail, ServiceExit.FAILED);
        }
    }

    private static Complaint partly(long done, Count count, String why, int code) {
        return new Complaint("error: " + done + " of " + count.toImport() + " pins were imported: " + why, code);
    }

    private Pin pin(PinLines lines, PinInfo info, Genesis genesis) throws Complaint {
        return switch (changes.pin(info, genesis.defaultReplication())) {
            case Decoded.Ok<Pin>(Pin pin) -> pin;
            case Decoded.Refused<Pin>(Refusal refusal) -> throw lines.refused(refusal.detail());
        };
    }

    private static boolean isExpired(Pin pin, Console console) {
        return pin.expireAt().filter(time -> !time.isAfter(console.clock().instant())).isPresent();
    }

    private static String text(Count count, long waiting, OfflineImport target) {
        String text = count.toImport() + " pins imported: " + count.fresh() + " new, " + count.changed()
                + " with other options; " + count.same() + " were there already, " + count.expired()
                + " have expired\n";
        return waiting == 0
                ? text + "the chain is at height " + target.height() + "\n"
                : text + "operations that wait for a block: " + waiting
                        + target.hindrance().map(why -> ", since " + why).orElse("")
                        + "; the peer writes them once it runs\n";
    }

    private static ObjectNode json(Count count, long waiting, OfflineImport target) {
        return JsonNodeFactory.instance.objectNode()
                .put("pins", count.all())
                .put("imported", count.toImport())
                .put("new", count.fresh())
                .put("changed", count.changed())
                .put("unchanged", count.same())
                .put("expired", count.expired())
                .put("waiting", waiting)
                .put("height", target.height());
    }
}
