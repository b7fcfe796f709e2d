// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Delivery.DeliveryState;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookService.Registered;
import eu.nephele.smo.core.contract.event.WebhookService.Registration;
import eu.nephele.smo.core.contract.event.WebhookStore.DeliveryBacklog;
import eu.nephele.smo.core.events.Counted;
import eu.nephele.smo.core.events.Rig;
import eu.nephele.smo.core.events.webhooks.Receiver.Mood;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookRegistryTest {

    private static final String SECRET = "a shared secret";

    private Rig rig;
    private Receiver receiver;

    @BeforeEach
    void open() throws SQLException, IOException {
        rig = new Rig();
        receiver = new Receiver(SECRET);
    }

    @AfterEach
    void close() {
        receiver.close();
        rig.close();
    }

    private String register() {
        return register(SECRET);
    }

    private String register(String secret) {
        return rig.webhooks()
                .register(new Registration(receiver.url(), List.of(), List.of(), Optional.of(secret), false), "anna")
                .webhook()
                .id();
    }

    private Delivery only(String webhook) {
        List<Delivery> deliveries = rig.webhooks().deliveries(webhook, Optional.empty(), Optional.empty(), 10);
        assertThat(deliveries).hasSize(1);
        return deliveries.get(0);
    }

    private void awaitFailures(String webhook, int count) {
        Await.until(
                "tried " + count + " times",
                () -> rig.webhooks().deliveries(webhook, Optional.empty(), Optional.empty(), 10).stream()
                        .anyMatch(delivery -> delivery.attempts() >= count));
    }

    @Test
    void anEventArrivesAsACloudEvent() {
        rig.start();
        register();
        rig.append("service.moved", 4, 42);
        Await.until("the delivery has arrived", () -> receiver.count() == 1);

        JsonNode event = receiver.all().get(0);
        assertThat(event.get("specversion").asText()).isEqualTo("1.0");
        assertThat(event.get("source").asText())
                .isEqualTo("urn:smo:" + rig.stores().instance().instanceId());
        assertThat(event.get("type").asText()).isEqualTo("service.moved");
        assertThat(event.get("subject").asText()).isEqualTo("demo/g4");
        assertThat(event.get("sequence").asText()).isEqualTo("00000000000000000001");
        assertThat(event.get("correlationid").asText()).isEqualTo("call-42");
        assertThat(event.at("/data/number").asInt()).isEqualTo(42);
        assertThat(event.has("gapbefore")).isFalse();
    }

    @Test
    void onlyWhatTheFilterAcceptsIsDelivered() {
        rig.start();
        rig.webhooks()
                .register(
                        new Registration(
                                receiver.url(), List.of("hdag.*"), List.of("demo"), Optional.of(SECRET), false),
                        "anna");
        rig.append("service.moved", 1, 1);
        rig.stores().events().append(List.of(rig.draft("hdag.failed", Optional.empty(), 2)));
        rig.append("hdag.failed", 1, 3);
        Await.until("the delivery has arrived", () -> receiver.count() == 1);
        assertThat(receiver.numbers()).containsExactly(3);
    }

    @Test
    void aGeneratedSecretHas32BytesIsReturnedOnceAndSigns() {
        rig.start();
        Registered registered = rig.webhooks()
                .register(new Registration(receiver.url(), List.of(), List.of(), Optional.empty(), true), "anna");
        String secret = registered.generatedSecret().orElseThrow();

        assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32);
        assertThat(registered.webhook().secret()).startsWith("sealed:").doesNotContain(secret);
        assertThat(registered.toString() + registered.webhook()).doesNotContain(secret);
        assertThat(registered.webhook().paused()).isTrue();
    }

    /** On the loopback address anybody may register one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:/etc/shadow",
                "env:SMO_DATABASE_PASSWORD",
                "env:PATH",
                "env:SMO_WEBHOOK_",
                "env:SMO_WEBHOOK_A=B",
                "env: SMO_WEBHOOK_A",
                "file:etc/admin.token",
                "file:secrets",
                "file:secrets/",
                "file:secrets/database",
                "file:secrets/webhooks",
                "file:secrets/webhooks/",
                "file:secrets/webhooks.key",
                "file:secrets/webhooks/../database",
                "file:secrets/webhooks/a/..",
                "file:secrets/webhooks/./a",
                "file:secrets/webhooks//a",
                "file:secrets/webhooks\\a",
                "file:../secrets/a",
                "file:Secrets/a"
            })
    void onlyFilesAndVariablesForWebhooksMayBeNamed(String secret) {
        rig.start();
        SmoException refusal = catchThrowableOfType(SmoException.class, () -> register(secret));

        assertThat(refusal.violations()).extracting(Violation::pointer).containsExactly("/secret");
        assertThat(register("file:secrets/webhooks/shop/a-1.key")).isNotEmpty();
        assertThat(register("env:SMO_WEBHOOK_SHOP")).isNotEmpty();
    }

    @Test
    void aSecretBehindAReferenceIsLookedUpAtEachAttempt() {
        rig.start();
        AtomicReference<Optional<String>> value = new AtomicReference<>(Optional.empty());
        rig.webhooks()
                .addSecrets(reference -> reference.equals("env:SMO_WEBHOOK_SHOP") ? value.get() : Optional.empty());
        String id = register("env:SMO_WEBHOOK_SHOP");
        rig.append("hdag.started", 1, 1);
        awaitFailures(id, 2);
        assertThat(only(id).lastError()).contains("env:SMO_WEBHOOK_SHOP");
        assertThat(receiver.requests()).isZero();
        value.set(Optional.of(SECRET));
        Await.until("the delivery has arrived", () -> receiver.count() == 1);
        assertThat(receiver.badSignatures()).isEmpty();
    }

    @Test
    void aFailedDeliveryIsTriedAgainWithTheSameIdAndTheNextNumber() {
        rig.start();
        String id = register();
        receiver.mood(new Mood.Status(500, ""));
        rig.append("hdag.started", 1, 1);
        awaitFailures(id, 3);
        assertThat(only(id).lastStatus()).isEqualTo(500);
        receiver.mood(Mood.FINE);
        Await.until("the delivery is done", () -> only(id).state() == DeliveryState.DELIVERED);

        assertThat(receiver.attempts()).startsWith("1", "2", "3");
        assertThat(only(id).lastError()).isEmpty();
        assertThat(rig.webhooks().backlog(id)).isEqualTo(new DeliveryBacklog(0, 0));
    }

    @Test
    void anAnswerThatNeverEndsIsAFailure() {
        rig.start();
        String id = register();
        receiver.mood(new Mood.Drip());
        rig.append("hdag.started", 1, 1);
        awaitFailures(id, 1);
        assertThat(only(id).lastError()).contains("did not end");
    }

    @Test
    void redirectsAreNotFollowed() {
        rig.start();
        String id = register();
        receiver.mood(new Mood.Status(302, "Location: /elsewhere"));
        rig.append("hdag.started", 1, 1);
        awaitFailures(id, 2);
        assertThat(only(id).lastError()).contains("302").contains("redirects are not followed");
        assertThat(receiver.followedRedirects()).isZero();
    }

    @Test
    void aReceiverThatIsGoneForGoodIsPausedAndNothingIsLost() {
        rig.start();
        String id = register();
        receiver.mood(new Mood.Status(410, ""));
        rig.append("hdag.started", 1, 1);
        Await.until("the webhook is paused", () -> rig.webhooks().find(id).paused());
        rig.append("hdag.stopped", 1, 2);
        receiver.mood(Mood.FINE);
        Await.until("it waits", () -> rig.webhooks().backlog(id).waiting() == 2);
        assertThat(receiver.count()).isZero();
        rig.webhooks().setPaused(id, false);
        Await.until("the delivery has arrived", () -> receiver.count() == 2);
        assertThat(receiver.numbers()).containsExactly(1, 2);
    }

    @Test
    void aReceiverThatAsksForTimeGetsItButNotMoreThanTheLongestPause() {
        rig.with(new WebhookSettings(
                        8,
                        2,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        new RetryRule(Duration.ofMillis(1), 1, Duration.ofHours(1), 100, Duration.ofHours(24)),
                        AllowedTargets.parse(List.of("127.0.0.1")),
                        Rig.KEY_FILE,
                        Duration.ofDays(7),
                        Duration.ofMinutes(10)))
                .start();
        String id = register();
        receiver.mood(new Mood.Status(429, "Retry-After: 86400"));
        Instant before = Instant.now();
        rig.append("hdag.started", 1, 1);
        awaitFailures(id, 1);

        assertThat(only(id).nextAttemptAt())
                .isBetween(before.plusSeconds(3600), Instant.now().plusSeconds(3600));
        assertThat(receiver.requests()).isEqualTo(1);
    }

    @Test
    void aDeadLetterLeavesAMarkedGapAndCanBeReplayed() {
        rig.with(Rig.settings(3)).start();
        String id = register();
        receiver.mood(new Mood.Status(500, ""));
        rig.append("hdag.started", 1, 1);
        Await.until("the delivery is given up", () -> rig.webhooks().backlog(id).dead() == 1);
        assertThat(only(id).attempts()).isEqualTo(3);
        // known after a restart too
        rig.kill();
        rig.start();
        receiver.mood(Mood.FINE);
        rig.append("hdag.stopped", 1, 2);
        rig.append("hdag.started", 1, 3);
        rig.append("hdag.started", 2, 4);
        Await.until("the next delivery of the key is sent", () -> receiver.count() == 3);

        assertThat(receiver.all().stream()
                        .filter(event -> event.has("gapbefore"))
                        .map(event -> event.at("/data/number").asInt()))
                .containsExactly(2);
        long sequence = rig.webhooks()
                .deliveries(id, Optional.of(DeliveryState.DEAD), Optional.empty(), 10)
                .get(0)
                .event()
                .sequence();
        assertThat(rig.webhooks().replay(id, Set.of(sequence + 1))).isZero();
        assertThat(rig.webhooks().replay(id, Set.of(sequence))).isEqualTo(1);
        Await.until("replayed", () -> rig.webhooks().backlog(id).equals(new DeliveryBacklog(0, 0)));
        assertThat(receiver.numbers()).contains(1);
    }

    @Test
    void whatFailsLongAfterItsEventIsGivenUpAtOnce() {
        rig.with(new WebhookSettings(
                        8,
                        2,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        new RetryRule(Duration.ofMillis(1), 1, Duration.ofHours(1), 100, Duration.ZERO),
                        AllowedTargets.parse(List.of("127.0.0.1")),
                        Rig.KEY_FILE,
                        Duration.ofDays(7),
                        Duration.ofMinutes(10)))
                .start();
        String id = register();
        receiver.mood(new Mood.Status(500, ""));
        rig.append("hdag.started", 1, 1);
        Await.until("the delivery is given up", () -> rig.webhooks().backlog(id).dead() == 1);
        assertThat(only(id).attempts()).isEqualTo(1);
    }

    /** More of them than there are workers: the one that is well has everything while they have nothing. */
    @Test
    void receiversThatHangDelayNobodyElse() throws IOException {
        rig.start();
        try (Receiver hanging = new Receiver(SECRET)) {
            hanging.mood(new Mood.Hang());
            for (int i = 0; i < 10; i++) {
                rig.webhooks()
                        .register(
                                new Registration(hanging.url(), List.of(), List.of(), Optional.of(SECRET), false),
                                "anna");
            }
            register();
            for (int i = 0; i < 200; i++) {
                rig.append("hdag.updated", i % 10, i);
            }
            Await.until("the one that is well has all", () -> receiver.count() == 200);
            Await.until("the others were tried", () -> hanging.requests() > 0);
            assertThat(hanging.count()).isZero();
        }
    }

    @Test
    void attemptsAreCountedAndTheBacklogIsShown() {
        Counted counted = new Counted();
        rig.with(Rig.settings(2)).start();
        rig.webhooks().addMeasurements(counted);
        String id = register();
        rig.append("hdag.started", 1, 1);
        Await.until("counted", () -> counted.count("smo_events_deliveries_total{outcome=delivered}") == 1);
        receiver.mood(new Mood.Status(500, ""));
        rig.append("hdag.stopped", 1, 2);
        Await.until("the delivery is given up", () -> rig.webhooks().backlog(id).dead() == 1);
        Await.until("counted", () -> counted.count("smo_events_deliveries_total{outcome=dead}") == 1);

        assertThat(counted.count("smo_events_deliveries_total{outcome=failed}")).isEqualTo(1);
        assertThat(counted.gauge("smo_events_backlog_deliveries{state=dead}")).isEqualTo(1);
        assertThat(counted.gauge("smo_events_backlog_deliveries{state=waiting}"))
                .isZero();
    }

    @Test
    void aDeletedWebhookGetsNothingMore() throws IOException {
        rig.start();
        String id = register();
        receiver.mood(new Mood.Status(500, ""));
        rig.append("hdag.started", 1, 1);
        awaitFailures(id, 1);
        rig.webhooks().delete(id);
        try (Receiver other = new Receiver(SECRET)) {
            String otherId = rig.webhooks()
                    .register(new Registration(other.url(), List.of(), List.of(), Optional.of(SECRET), false), "anna")
                    .webhook()
                    .id();
            // An attempt may have been under way when the webhook was deleted: it meets the failure still.
            rig.append("hdag.stopped", 1, 2);
            Await.until("the other one has it", () -> other.numbers().contains(2));
            receiver.mood(Mood.FINE);
            rig.append("hdag.started", 1, 3);
            Await.until("the other one has it", () -> other.numbers().contains(3));
            rig.webhooks().delete(otherId);
        }

        assertThat(rig.webhooks().list()).isEmpty();
        assertThat(receiver.count()).isZero();
        for (Runnable call : List.<Runnable>of(
                () -> rig.webhooks().find(id),
                () -> rig.webhooks().delete(id),
                () -> rig.webhooks().setPaused(id, true),
                () -> rig.webhooks().backlog(id),
                () -> rig.webhooks().replay(id, Set.of()),
                () -> rig.webhooks().deliveries(id, Optional.empty(), Optional.empty(), 1))) {
            assertThat(catchThrowableOfType(SmoException.class, call::run).kind())
                    .isEqualTo(SmoException.Kind.NOT_FOUND);
        }
    }

    @Test
    void aForbiddenAddressIsRefusedAtRegistrationAndAtDelivery() {
        rig.with(new WebhookSettings(
                        2,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        new RetryRule(Duration.ofMillis(10), 1, Duration.ofMillis(10), 100, Duration.ofHours(1)),
                        AllowedTargets.parse(List.of()),
                        Rig.KEY_FILE,
                        Duration.ofDays(7),
                        Duration.ofMinutes(10)))
                .start();
        SmoException refused = catchThrowableOfType(SmoException.class, this::register);
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
        assertThat(refused.violations()).extracting(Violation::pointer).containsExactly("/url");
        assertThat(refused.violations().get(0).message()).contains("loopback").contains("allowedTargets");

        // as if the name had pointed elsewhere when it was registered
        Webhook earlier = new Webhook(
                "w1", URI.create(receiver.url()), EventFilter.ALL, SECRET, false, Instant.now(), Optional.empty());
        rig.stores().webhooks().insert(earlier);
        rig.append("hdag.started", 1, 1);
        awaitFailures("w1", 2);
        assertThat(only("w1").lastError()).contains("loopback");
        assertThat(receiver.requests()).isZero();
    }

    @Test
    void everythingWrongWithARegistrationIsSaidAtOnce() {
        rig.start();
        SmoException refused = catchThrowableOfType(SmoException.class, () -> rig.webhooks()
                .register(
                        new Registration(
                                "ftp://example.org/",
                                List.of("hdag.*", "Not A Type"),
                                List.of("demo", "Not_A_Project"),
                                Optional.of("env:"),
                                false),
                        "anna"));
        assertThat(refused.violations())
                .extracting(Violation::pointer)
                .containsExactly("/url", "/types/1", "/projects/1", "/secret");
    }

    @Test
    void whileTheDatabaseIsAwayAResultIsKeptAndTheEventIsNotSentAgain() {
        rig.start();
        String id = register();
        receiver.mood(new Mood.Status(500, ""));
        rig.append("hdag.started", 1, 1);
        awaitFailures(id, 1);
        rig.faults().away(true);
        Await.until("requests were refused", () -> rig.faults().refused() > 10);
        receiver.mood(Mood.FINE);
        rig.faults().away(false);
        Await.until("the delivery is done", () -> only(id).state() == DeliveryState.DELIVERED);
        assertThat(receiver.all()).hasSize(1);
    }

    /** A clock that is put back an hour while deliveries wait. */
    @Test
    void aClockThatJumpsBackwardsNeitherStallsNorFloods() {
        Settable clock = new Settable();
        rig.with(clock, System::nanoTime).start();
        String id = register();
        receiver.mood(new Mood.Status(500, ""));
        rig.append("hdag.started", 1, 1);
        awaitFailures(id, 2);
        clock.offset = Duration.ofHours(-1);
        int before = only(id).attempts();
        awaitFailures(id, before + 3);
        receiver.mood(Mood.FINE);
        rig.append("hdag.stopped", 1, 2);
        Await.until("the delivery has arrived", () -> receiver.count() == 2);
        assertThat(receiver.numbers()).containsExactly(1, 2);
    }

    /** A clock that ran ahead and was put right while the program was not running. */
    @Test
    void plansOfAClockThatRanAheadAreCorrectedAtTheNextStart() {
        Settable clock = new Settable();
        clock.offset = Duration.ofHours(5);
        rig.with(clock, System::nanoTime).start();
        String id = register();
        receiver.mood(new Mood.Status(500, ""));
        rig.append("hdag.started", 1, 1);
        awaitFailures(id, 1);
        rig.kill();
        clock.offset = Duration.ZERO;
        receiver.mood(Mood.FINE);
        rig.start();
        Await.until("the delivery has arrived", () -> receiver.count() == 1);
    }

    /** Real time, put forwards or backwards. */
    private static final class Settable extends Clock {
        private volatile Duration offset = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
