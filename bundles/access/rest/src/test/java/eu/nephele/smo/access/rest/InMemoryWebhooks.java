// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookService;
import eu.nephele.smo.core.contract.event.WebhookStore.DeliveryBacklog;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps webhooks and what a test says of their deliveries; delivers nothing. */
final class InMemoryWebhooks implements WebhookService {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    final List<Delivery> deliveries = new ArrayList<>();
    private final List<Webhook> webhooks = new ArrayList<>();

    @Override
    public Registered register(Registration wanted, CallContext call) {
        if (!wanted.url().startsWith("http")) {
            throw SmoException.invalid("No webhook", List.of(new Violation("/url", "expected a http or https URL")));
        }
        Webhook webhook = new Webhook(
                "webhook-" + (webhooks.size() + 1),
                URI.create(wanted.url()),
                new EventFilter(Set.copyOf(wanted.types()), Set.copyOf(wanted.projects())),
                wanted.secret().orElse("made-here"),
                wanted.paused(),
                AT.plusSeconds(webhooks.size()),
                Optional.of(call.origin().principal()));
        webhooks.add(webhook);
        return new Registered(webhook, wanted.secret().isPresent() ? Optional.empty() : Optional.of(webhook.secret()));
    }

    void deliver(Webhook webhook, StoredEvent event, Delivery.DeliveryState state) {
        boolean waiting = state == Delivery.DeliveryState.WAITING;
        deliveries.add(new Delivery(
                webhook.id(),
                event,
                state,
                2,
                AT,
                waiting ? Optional.empty() : Optional.of(AT),
                state == Delivery.DeliveryState.DELIVERED ? 204 : 500,
                state == Delivery.DeliveryState.DELIVERED ? "" : "the receiver answered 500"));
    }

    @Override
    public List<Webhook> list(CallContext call) {
        return List.copyOf(webhooks);
    }

    @Override
    public Webhook find(String id, CallContext call) {
        return webhooks.stream()
                .filter(webhook -> webhook.id().equals(id))
                .findFirst()
                .orElseThrow(() -> SmoException.notFound("There is no webhook " + id));
    }

    @Override
    public Webhook setPaused(String id, boolean paused, CallContext call) {
        Webhook old = find(id, CallContext.INTERNAL);
        Webhook changed = new Webhook(
                old.id(), old.url(), old.filter(), old.secret(), paused, old.createdAt(), old.registeredBy());
        webhooks.set(webhooks.indexOf(old), changed);
        return changed;
    }

    @Override
    public void delete(String id, CallContext call) {
        webhooks.remove(find(id, CallContext.INTERNAL));
    }

    @Override
    public List<Delivery> deliveries(
            String id,
            Optional<Delivery.DeliveryState> state,
            Optional<Long> beforeSequence,
            int limit,
            CallContext call) {
        find(id, CallContext.INTERNAL);
        return deliveries.stream()
                .filter(delivery -> delivery.webhook().equals(id))
                .filter(delivery -> state.map(delivery.state()::equals).orElse(true))
                .filter(delivery -> beforeSequence
                        .map(before -> delivery.event().sequence() < before)
                        .orElse(true))
                .sorted(Comparator.comparing(
                                (Delivery delivery) -> delivery.event().sequence())
                        .reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public DeliveryBacklog backlog(String id, CallContext call) {
        return new DeliveryBacklog(count(id, Delivery.DeliveryState.WAITING), count(id, Delivery.DeliveryState.DEAD));
    }

    private long count(String id, Delivery.DeliveryState state) {
        return deliveries(id, Optional.of(state), Optional.empty(), Integer.MAX_VALUE, CallContext.INTERNAL)
                .size();
    }

    @Override
    public int replay(String id, Set<Long> sequences, CallContext call) {
        List<Delivery> again = deliveries(
                        id,
                        Optional.of(Delivery.DeliveryState.DEAD),
                        Optional.empty(),
                        Integer.MAX_VALUE,
                        CallContext.INTERNAL)
                .stream()
                .filter(delivery -> sequences.isEmpty()
                        || sequences.contains(delivery.event().sequence()))
                .toList();
        deliveries.removeAll(again);
        again.forEach(
                delivery -> deliver(find(id, CallContext.INTERNAL), delivery.event(), Delivery.DeliveryState.WAITING));
        return again.size();
    }
}
