// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookService;
import eu.nephele.smo.core.contract.event.WebhookService.Registration;
import eu.nephele.smo.core.events.Rig;
import eu.nephele.smo.lab.testkit.Await;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthorizedWebhookServiceTest extends DoorContract {

    private static final Registration WANTED = new Registration(
            "http://127.0.0.1:9/hook", List.of(), List.of(), Optional.of("0123456789abcdef0123456789abcdef"), true);

    private Rig rig;
    private AuthorizedWebhookService authorizedWebhookService;
    private Webhook webhook;

    @BeforeAll
    void start() throws Exception {
        rig = new Rig().with(rights).start();
        authorizedWebhookService = new AuthorizedWebhookService(rig.webhooks(), rights);
        webhook =
                authorizedWebhookService.register(WANTED, CallContext.INTERNAL).webhook();
        rig.append("graph.deployed", 1, 1);
        Await.until(
                "a delivery waits",
                () -> authorizedWebhookService
                                .backlog(webhook.id(), CallContext.INTERNAL)
                                .waiting()
                        == 1);
    }

    @AfterAll
    void end() {
        authorizedWebhookService.close();
        rig.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(WebhookService.class, authorizedWebhookService);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return Set.of("list", "find", "deliveries", "backlog").contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        Map<Class<?>, Object> known = Map.of(String.class, webhook.id(), Registration.class, WANTED);
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    @Override
    protected Object stored() {
        return rig.webhooks().list();
    }

    @Test
    void theRegisteringCallerIsStored() {
        Webhook hers = authorizedWebhookService.register(WANTED, ANNA).webhook();
        assertThat(hers.registeredBy()).contains("anna");
        assertThat(rig.stores().webhooks().find(hers.id()).orElseThrow().registeredBy())
                .contains("anna");
        authorizedWebhookService.delete(hers.id(), CallContext.INTERNAL);
    }

    @Test
    void aProjectThatTheCallerMayNotSeeCannotBeListenedTo() {
        Registration both = new Registration(WANTED.url(), List.of(), List.of("demo", "theirs"), WANTED.secret(), true);
        rights.hideProjects(Set.of("theirs"));
        Object before = stored();
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> authorizedWebhookService.register(both, ANNA))
                .withMessageContaining("theirs")
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
        assertThat(rights.told()).singleElement().satisfies(entry -> assertThat(entry.outcome())
                .isEqualTo("not-found"));
        assertThat(stored()).isEqualTo(before);

        rights.reset();
        authorizedWebhookService.delete(
                authorizedWebhookService.register(both, ANNA).webhook().id(), CallContext.INTERNAL);
    }

    @Test
    void eventsAboutWhatTheViewerMayNotSeeAreNotShown() {
        assertThat(shown(ANNA)).isPositive();
        rights.hide(target -> target.graph().equals(Optional.of(new GraphId("demo", "g1"))));
        assertThat(shown(ANNA)).isZero();
        assertThat(shown(CallContext.INTERNAL)).isPositive();
    }

    private int shown(CallContext call) {
        return rig.bus().after(0, EventFilter.ALL, 1, call).events().size();
    }
}
