// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps webhooks and their deliveries. A lane is the deliveries of one webhook and one graph; events about no graph
 * share one.
 */
public interface WebhookStore {

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code OVER_QUOTA} when a project that it names may not have one more */
    void insert(Webhook webhook);

    Optional<Webhook> find(String id);

    /** In order of registration. */
    List<Webhook> list();

    /** @return false when there is none */
    boolean setPaused(String id, boolean paused);

    /**
     * Removes a webhook with its deliveries.
     *
     * @return false when there is none
     */
    boolean delete(String id);

    /**
     * First waiting deliveries of lanes, those of paused webhooks left out: what may be tried now.
     *
     * @param now only those due by then
     * @param excludedWebhooks webhooks that are busy
     * @param perWebhook at most this many of one webhook
     */
    List<Delivery> due(Instant now, Set<String> excludedWebhooks, int perWebhook);

    /**
     * The first of each lane that are planned for later than they may be, those that are planned first at the
     * beginning.
     *
     * @param latest after which nothing should be planned
     * @param limit at most this many, 1 or more
     */
    List<Delivery> plannedBehind(Instant latest, int limit);

    /** The time of the next delivery; empty when none waits. Paused webhooks do not count. */
    Optional<Instant> nextDue();

    /** Stores what became of an attempt. A delivery whose webhook was deleted meanwhile is left gone. */
    void save(Delivery delivery);

    /**
     * Newest first.
     *
     * @param state only those
     * @param beforeSequence only events with a smaller sequence: where the page before ended
     */
    List<Delivery> deliveries(
            String webhook, Optional<Delivery.DeliveryState> state, Optional<Long> beforeSequence, int limit);

    /**
     * Returns whether the delivery before this one in its lane is dead: receivers are notified of the gap. Stores that
     * can read this in one query do so.
     */
    default boolean followsDead(Delivery delivery) {
        Optional<Long> before = Optional.of(delivery.event().sequence());
        while (before.isPresent()) {
            List<Delivery> page = deliveries(delivery.webhook(), Optional.empty(), before, 200);
            Optional<Delivery> previous = page.stream()
                    .filter(earlier ->
                            earlier.event().graph().equals(delivery.event().graph()))
                    .findFirst();
            if (previous.isPresent()) {
                return previous.get().state() == Delivery.DeliveryState.DEAD;
            }
            before = page.isEmpty()
                    ? Optional.empty()
                    : Optional.of(page.get(page.size() - 1).event().sequence());
        }
        return false;
    }

    /**
     * Lets dead deliveries wait again, due at once.
     *
     * @param sequences which events; all when empty
     * @return how many
     */
    int replay(String webhook, Set<Long> sequences, Instant now);

    /** Counts of waiting and of dead deliveries of a webhook. */
    DeliveryBacklog backlog(String webhook);

    /**
     * Removes what was delivered before the time, and dead deliveries before it.
     *
     * @return how many
     */
    long prune(Instant before);

    /** Deliveries that are not done. */
    record DeliveryBacklog(long waiting, long dead) {}
}
