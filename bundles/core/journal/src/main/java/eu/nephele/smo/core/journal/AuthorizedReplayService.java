// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.shadow.ReplayService;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Replays behind an authorization check. */
@Component(service = ReplayService.class)
public final class AuthorizedReplayService implements ReplayService {

    private static final String KIND = "replay";

    private final ReplayRunner replays;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedReplayService(BundleContext context, @Reference ReplayRunner replays) {
        this(replays, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    public AuthorizedReplayService(ReplayRunner replays, AccessControl access) {
        this.replays = replays;
        this.access = access;
        this.authorizer = access.authorizer("The replay service");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    @Override
    public Replay begin(ReplayRequest question, CallContext call) {
        ResourceRef target = new ResourceRef(KIND, project(question), "*");
        return authorizer.change(call, Verb.CREATE, target, "begin", () -> replays.begin(question, call.origin()));
    }

    @Override
    public List<Replay> replays(CallContext call) {
        return authorizer.list(call, AuthorizedReplayService::ref, replays::replays).stream()
                .map(replay -> visible(call, replay))
                .toList();
    }

    @Override
    public Optional<Replay> find(String id, CallContext call) {
        return authorizer.inside(() -> replays.find(id)
                .filter(replay -> authorizer.sees(call, ref(replay)))
                .map(replay -> visible(call, replay)));
    }

    /** A replay of all graphs has found differences about graphs that the reader may not see: these are not shown. */
    private Replay visible(CallContext call, Replay replay) {
        return replay.showing(replay.differences().stream()
                .filter(difference -> authorizer.seesGraph(call, difference.graph()))
                .toList());
    }

    @Override
    public void cancel(String id, CallContext call) {
        ResourceRef target = replays.find(id).map(AuthorizedReplayService::ref).orElse(new ResourceRef(KIND, "", id));
        authorizer.change(call, Verb.DELETE, target, "cancel", () -> {
            replays.cancel(id);
            return id;
        });
    }

    private static ResourceRef ref(Replay replay) {
        return new ResourceRef(KIND, project(replay.question()), replay.id());
    }

    private static String project(ReplayRequest question) {
        return question.graph().map(GraphId::project).orElse("");
    }
}
