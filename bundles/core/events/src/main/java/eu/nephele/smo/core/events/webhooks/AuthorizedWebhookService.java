// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookService;
import eu.nephele.smo.core.contract.event.WebhookStore.DeliveryBacklog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Webhooks behind an authorization check. */
@Component(service = WebhookService.class)
public final class AuthorizedWebhookService implements WebhookService {

    private static final String KIND = "webhook";

    private final WebhookRegistry webhooks;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedWebhookService(BundleContext context, @Reference WebhookRegistry webhooks) {
        this(webhooks, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    public AuthorizedWebhookService(WebhookRegistry webhooks, AccessControl access) {
        this.webhooks = webhooks;
        this.access = access;
        this.authorizer = access.authorizer("The webhook service");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    /** Registers a webhook; deliveries are not filtered afterwards, so the caller must be allowed to see the named projects. */
    @Override
    public Registered register(Registration registration, CallContext call) {
        return authorizer.change(call, Verb.CREATE, ResourceRef.all(KIND), "register", () -> {
            registration.projects().forEach(project -> requireSeen(project, call));
            if (registration.projects().isEmpty() && !authorizer.sees(call, ResourceRef.all(ResourceRef.GRAPH))) {
                throw SmoException.forbidden(
                        "A webhook without projects gets the events of all, and %s may not see the graphs of all; name projects"
                                .formatted(call.origin().principal()));
            }
            return webhooks.register(registration, call.origin().principal());
        });
    }

    private void requireSeen(String project, CallContext call) {
        if (!authorizer.seesAny(call, ResourceRef.GRAPH, project)) {
            throw SmoException.notFound("Project %s does not exist".formatted(project));
        }
    }

    @Override
    public List<Webhook> list(CallContext call) {
        return authorizer.list(call, webhook -> ref(webhook.id()), webhooks::list);
    }

    @Override
    public Webhook find(String id, CallContext call) {
        return authorizer.read(call, ref(id), () -> webhooks.find(id));
    }

    @Override
    public Webhook setPaused(String id, boolean paused, CallContext call) {
        return authorizer.change(
                call, Verb.OPERATE, ref(id), paused ? "pause" : "resume", () -> webhooks.setPaused(id, paused));
    }

    @Override
    public void delete(String id, CallContext call) {
        authorizer.change(call, Verb.DELETE, ref(id), "delete", () -> {
            webhooks.delete(id);
            return id;
        });
    }

    @Override
    public List<Delivery> deliveries(
            String id,
            Optional<Delivery.DeliveryState> state,
            Optional<Long> beforeSequence,
            int limit,
            CallContext call) {
        return authorizer.read(call, ref(id), () -> webhooks.deliveries(id, state, beforeSequence, limit));
    }

    @Override
    public DeliveryBacklog backlog(String id, CallContext call) {
        return authorizer.read(call, ref(id), () -> webhooks.backlog(id));
    }

    @Override
    public int replay(String id, Set<Long> sequences, CallContext call) {
        return authorizer.change(call, Verb.OPERATE, ref(id), "replay", () -> webhooks.replay(id, sequences));
    }

    private static ResourceRef ref(String id) {
        return new ResourceRef(KIND, "", id);
    }
}
