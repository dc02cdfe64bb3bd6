package io.pinfold.api.gateway;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Handler;
import io.pinfold.api.http.Reply;
import io.pinfold.api.http.Router;
import io.pinfold.ipfsnode.view.NodeView;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** The routes of the trustless gateway over one embedded node. */
public final class GatewayApi {

    private static final String ONLY = "this gateway is trustless and answers raw blocks, CARs and IPNS records only: ask"
            + " with ?format=raw, car or ipns-record, or Accept: application/vnd.ipld.raw, application/vnd.ipld.car or"
            + " application/vnd.ipfs.ipns-record";

    private GatewayApi() {}

    /** All routes; the node stays open as long as they are used. */
    public static Router routes(NodeView node, GatewayLimits limits, InstantSource clock) {
        Places places = new Places(limits);
        BlockAnswer block = new BlockAnswer(node, places);
        CarAnswer car = new CarAnswer(node, places);
        RecordAnswer record = new RecordAnswer(node, clock);
        Router router = new Router(new Refusals(), Set.of());
        both(router, "/ipfs/{path...}", call -> {
            Optional<Choice> choice = Choice.of(call).filter(some -> some.format() != Format.IPNS_RECORD);
            List<String> path = path(call);
            return choice.isEmpty() || path.isEmpty()
                    ? Answers.refusal(406, ONLY)
                    : choice.get().format() == Format.RAW
                            ? block.answer(call, choice.get(), path)
                            : car.answer(call, choice.get(), path);
        });
        both(router, "/ipns/{path...}", call -> {
            Optional<Choice> choice = Choice.of(call).filter(some -> some.format() == Format.IPNS_RECORD);
            return choice.isEmpty()
                    ? Answers.refusal(406, ONLY + "; a name is asked for its record")
                    : record.answer(call, choice.get(), path(call));
        });
        return router;
    }

    private static void both(Router router, String pattern, Handler handler) {
        router.add("GET", pattern, handler);
        router.add("HEAD", pattern, handler);
    }

    private static List<String> path(Call call) {
        return Arrays.stream(call.variable("path").split("/")).filter(name -> !name.isEmpty()).toList();
    }

    private record Refusals() implements Router.Refusals {

        @Override
        public Reply unknown() {
            return Answers.refusal(404, "there is /ipfs/CID and /ipns/KEY only");
        }

        @Override
        public Reply notAllowed(SortedSet<String> allowed) {
            return Answers.refusal(405, "this gateway only reads", Map.of("Allow", "GET, HEAD, OPTIONS"));
        }

        @Override
        public Reply malformed(String why) {
            return Answers.refusal(400, why);
        }
    }
}
