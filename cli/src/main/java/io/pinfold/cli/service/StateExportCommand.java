package io.pinfold.cli.service;

import io.pinfold.api.json.Json;
import io.pinfold.api.json.PinJson;
import io.pinfold.chain.core.Genesis;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.follower.config.folder.FolderLock;
import io.pinfold.follower.offline.FolderUnusableException;
import io.pinfold.follower.offline.OfflineState;
import io.pinfold.follower.offline.OfflineState.Report;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code state export}. */
@Command(name = "export", description = "write the pinset, one pin as a JSON object a line, as ipfs-cluster-service does")
final class StateExportCommand extends FolderCommand {

    private static final int BUFFER = 1 << 16;

    @Option(names = {"-f",
        "--file"}, paramLabel = "FILE", description = "write to this file instead, which then is whole or not there at all")
    private @Nullable Path file;

    @Override
    void run(Service service, PeerFolder folder) throws Complaint {
        Report report;
        try (FolderLock _ = PeerFolder.lock(folder.open())) {
            Genesis genesis = folder.requireGenesis();
            OfflineState state = new OfflineState(folder.path(), genesis, service.console().clock());
            report = file == null ? toOut(service.console(), state) : toFile(service, state, file);
        } catch (FolderUnusableException e) {
            throw new Complaint("error: " + e.sentence(), ServiceExit.CONFIGURATION);
        }
        if (!report.flaws().isEmpty()) {
            throw new Complaint("error: " + report.flaws().getFirst().detail() + "; this is the pinset at height "
                    + report.height() + " of " + report.blocks(), ServiceExit.STATE_DIFFERS);
        }
    }

    private static Report toOut(Console console, OfflineState state) throws Complaint, FolderUnusableException {
        Report report = write(state, console.out());
        if (console.out().checkError()) {
            throw new Complaint("error: not all of the pinset could be written", ServiceExit.FAILED);
        }
        return report;
    }

    private static Report toFile(Service service, OfflineState state, Path target)
            throws Complaint, FolderUnusableException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Report report;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), BUFFER)) {
                report = write(state, out);
            } catch (JacksonException e) {
                throw new IOException(e);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            service.printout()
                    .show(report.pins() + " pins written to " + target + '\n', JsonNodeFactory.instance.objectNode()
                            .put("pins", report.pins())
                            .put("height", report.height())
                            .put("file", target.toString()));
            return report;
        } catch (IOException e) {
            part.toFile().delete();
            throw new Complaint("error: " + target + " cannot be written: " + e, ServiceExit.FAILED);
        }
    }

    private static Report write(OfflineState state, OutputStream out) throws FolderUnusableException {
        try (JsonGenerator json = Json.generator(out)) {
            return state.export(pin -> {
                PinJson.write(json, pin);
                json.writeRaw('\n');
            });
        }
    }
}
