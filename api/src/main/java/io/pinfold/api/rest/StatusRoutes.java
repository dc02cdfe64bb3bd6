package io.pinfold.api.rest;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.api.http.Router;
import io.pinfold.api.json.StatusJson;
import io.pinfold.follower.view.PinStatuses;
import io.pinfold.follower.view.PinStatuses.Scope;
import io.pinfold.follower.view.StatusFilter;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;

/** Status of pins and their recovery: {@code GET} of {@code /pins}, and {@code recover}. */
final class StatusRoutes {

    private final PinStatuses statuses;

    StatusRoutes(PinStatuses statuses) {
        this.statuses = statuses;
    }

    void addTo(Router router) {
        router.add("GET", "/pins", Strictly.of(this::list));
        router.add("GET", "/pins/{cid}", Strictly.of(call -> Replies.value(
                statuses.status(Parameters.cid(call.variable("cid")), Parameters.scope(call.query())),
                StatusJson::write)));
        router.add("POST", "/pins/{cid}/recover", Strictly.of(call -> Replies.value(
                statuses.recover(Parameters.cid(call.variable("cid")), Parameters.scope(call.query())),
                StatusJson::write)));
        router.add("POST", "/pins/recover", Strictly.of(this::recoverAll));
    }

    private Reply list(Call call) throws BadParameterException {
        Scope scope = Parameters.scope(call.query());
        List<String> asked = Parameters.list(call.query(), "cids");
        if (asked.size() > StatusLookups.MAX_CIDS) {
            throw new BadParameterException("cids", "more than " + StatusLookups.MAX_CIDS);
        }
        List<Cid> cids = new ArrayList<>();
        for (String text : asked) {
            cids.add(Parameters.cid(text));
        }
        if (!cids.isEmpty()) {
            return new StatusLookups(statuses, scope).reply(cids);
        }
        StatusFilter filter = StatusFilterParser.parse(Parameters.list(call.query(), "filter"));
        return Replies.lines(StatusJson::write, each -> statuses.statuses(filter, scope, each));
    }

    private Reply recoverAll(Call call) throws BadParameterException {
        Scope scope = Parameters.scope(call.query());
        return Replies.lines(StatusJson::write, each -> statuses.recoverAll(scope, each));
    }
}
