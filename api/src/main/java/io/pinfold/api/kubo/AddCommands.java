package io.pinfold.api.kubo;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.api.multipart.BadMultipartException;
import io.pinfold.api.multipart.FormUpload;
import io.pinfold.api.multipart.MultipartReader;
import io.pinfold.follower.view.AddOperations;
import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.AddRequest.Layout;
import io.pinfold.follower.view.Added;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Upload;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code add} and {@code dag/import}: what is sent is kept by this node alone.
 *
 * <p>Lines come while the upload goes on. Roots of a CAR are told when their pins are durable; several CARs are kept one by one.
 */
record AddCommands(AddOperations adding) {

    /** A command that reads what is sent with it. */
    @FunctionalInterface
    interface UploadCommand {

        /** Runs it. */
        Reply run(Call call) throws CommandException;
    }

    Map<String, UploadCommand> commands() {
        return Map.of("add", this::add, "dag/import", this::importCars);
    }

    private Reply add(Call call) throws CommandException {
        AddRequest request = new AddArguments(new Arguments(call.query())).parse();
        Optional<Failure> hindrance = adding.hindrance(request);
        if (hindrance.isPresent()) {
            throw CommandException.failed(hindrance.get().sentence());
        }
        MultipartReader form = form(call);
        return KuboReplies.lines(lines -> checked(form,
                adding.add(request, new FormUpload(form), added -> write(lines, added))));
    }

    private Reply importCars(Call call) throws CommandException {
        Arguments arguments = new Arguments(call.query());
        boolean pin = arguments.flag("pin-roots", true);
        boolean stats = arguments.flag("stats", false);
        AddRequest request = new AddRequest(pin ? new Goal.Node("") : new Goal.Nothing(), Layout.DEFAULT, false, false,
                false, true);
        MultipartReader form = form(call);
        return KuboReplies.lines(lines -> {
            AtomicLong blocks = new AtomicLong();
            AtomicLong bytes = new AtomicLong();
            FormUpload upload = new FormUpload(form);
            int cars = 0;
            for (Optional<Upload.Entry> next = next(upload); next.isPresent(); next = next(upload)) {
                if (next.get() instanceof Upload.File(var _, var _, var content)) {
                    cars++;
                    List<Cid> roots = checked(form, adding.addCar(request, "", content, added -> {
                        if (added instanceof Added.Archive(String _, long more, long size)) {
                            blocks.addAndGet(more);
                            bytes.addAndGet(size);
                        }
                    }));
                    if (pin) {
                        roots.forEach(root -> writeRoot(lines, root));
                    }
                }
            }
            if (cars == 0) {
                throw CommandException.failed("there is no CAR in what was sent");
            }
            if (stats) {
                writeStats(lines, blocks.get(), bytes.get());
            }
        });
    }

    private static MultipartReader form(Call call) throws CommandException {
        return MultipartReader.of(call.request().header("Content-Type"), call.request().content())
                .orElseThrow(() -> CommandException.bad("the body must be multipart/form-data, with a boundary"));
    }

    private static Optional<Upload.Entry> next(Upload upload) throws CommandException, IOException {
        try {
            return upload.next();
        } catch (BadMultipartException e) {
            throw CommandException.failed(e.sentence());
        }
    }

    /** What came of an upload; what is wrong with the form itself says more than what that led to. */
    private static List<Cid> checked(MultipartReader form, Answer<List<Cid>> answer)
            throws CommandException, IOException {
        return switch (answer) {
            case Answer.Done<List<Cid>>(List<Cid> roots) -> roots;
            case Answer.Failed<List<Cid>>(Failure failure) -> {
                IOException broken = form.failure().orElse(null);
                if (broken instanceof BadMultipartException bad) {
                    throw CommandException.failed(bad.sentence());
                }
                if (broken != null) {
                    throw broken;
                }
                throw CommandException.failed(failure.sentence());
            }
        };
    }

    private static void write(JsonLines lines, Added added) {
        lines.add(json -> {
            json.writeStartObject();
            switch (added) {
                case Added.Entry entry -> {
                    json.writeStringProperty("Name", entry.name());
                    json.writeStringProperty("Hash", entry.cid().toString());
                    json.writeStringProperty("Size", Long.toString(entry.size()));
                }
                case Added.Progress(String name, long bytes) -> {
                    json.writeStringProperty("Name", name);
                    json.writeNumberProperty("Bytes", bytes);
                }
                case Added.Archive(String name, long _, long bytes) -> {
                    json.writeStringProperty("Name", name);
                    json.writeNumberProperty("Bytes", bytes);
                }
            }
            json.writeEndObject();
        });
    }

    private static void writeRoot(JsonLines lines, Cid root) {
        lines.add(json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart("Root");
            json.writeObjectPropertyStart("Cid");
            json.writeStringProperty("/", root.toString());
            json.writeEndObject();
            json.writeStringProperty("PinErrorMsg", "");
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void writeStats(JsonLines lines, long blocks, long bytes) {
        lines.add(json -> {
            json.writeStartObject();
            json.writeObjectPropertyStart("Stats");
            json.writeNumberProperty("BlockCount", blocks);
            json.writeNumberProperty("BlockBytesCount", bytes);
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
