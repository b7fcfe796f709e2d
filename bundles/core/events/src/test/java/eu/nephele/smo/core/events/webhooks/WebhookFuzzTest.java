// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookService.Registered;
import eu.nephele.smo.core.contract.event.WebhookService.Registration;
import eu.nephele.smo.core.contract.store.InstanceStore;
import eu.nephele.smo.core.events.Rig;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileBytes;
import eu.nephele.smo.lab.testkit.fuzz.HostileTexts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** What is registered can be posted to and is not ourselves; whatever a receiver answers is an outcome that can be stored. */
class WebhookFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-28T07:00:00Z");
    private static final Delivery DELIVERY = new Delivery(
            "w",
            new StoredEvent(
                    "id",
                    7,
                    new EventDraft(
                            "hdag.started",
                            Instant.EPOCH,
                            Optional.empty(),
                            Optional.empty(),
                            0,
                            Optional.empty(),
                            "",
                            "",
                            JsonObject.EMPTY)),
            Delivery.DeliveryState.WAITING,
            0,
            Instant.EPOCH,
            Optional.empty(),
            0,
            "");

    @Provide
    static Arbitrary<HostileBytes> urls() {
        return HostileBytes.editedTexts(Map.of(
                "name", "https://hooks.example.org:8443/a%20b/c?x=1&y=%26",
                "numbers", "http://93.184.216.34/hook",
                "six", "http://[2001:db8::7]:81/",
                "mapped", "http://[::ffff:127.0.0.1]/",
                "zone", "http://[fe80::1%25eth0]/",
                "words", "http://2130706433/"));
    }

    @Provide
    static Arbitrary<Registration> registrations() {
        Arbitrary<List<String>> texts = HostileTexts.values().list().ofMaxSize(3);
        Arbitrary<Optional<String>> secrets = Arbitraries.oneOf(
                        HostileTexts.values(),
                        HostileTexts.values().map(text -> "file:secrets/webhooks/" + text),
                        HostileTexts.values().map(text -> "env:SMO_WEBHOOK_" + text))
                .optional();
        return Combinators.combine(urls().map(HostileBytes::text), texts, texts, secrets, Arbitraries.of(true, false))
                .as(Registration::new);
    }

    /** Heads of answers of a receiver, byte for byte. */
    @Provide
    static Arbitrary<HostileBytes> answers() {
        return HostileBytes.edited(Map.of(
                "fine", bytes("HTTP/1.1 204 Fine\r\nDate: Sat, 28 Nov 2026 07:00:00 GMT\r\nConnection: close\r\n\r\n"),
                "later", bytes("HTTP/1.1 503 Later\r\nRetry-After: 120\r\nContent-Length: 2\r\n\r\n{}"),
                "date",
                        bytes(
                                "HTTP/1.1 429 Later\r\nRetry-After: Sat, 28 Nov 2026 08:00:00 GMT\r\nContent-Length: 0\r\n\r\n"),
                "chunked", bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n"),
                "elsewhere", bytes("HTTP/1.1 307 Else\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"),
                "login", bytes("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n"),
                "early", bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @FuzzTarget
    void registrationsOfWebhooks(@ForAll("registrations") Registration wanted) throws UnknownHostException {
        TargetResolver targets = new TargetResolver(AllowedTargets.parse(List.of()), WebhookFuzzTest::resolve);
        Registered accepted;
        try {
            accepted = new RegistrationValidator(targets, Clock.systemUTC()).accept(wanted, "anna");
        } catch (SmoException refusal) {
            assertThat(refusal.kind()).isEqualTo(Kind.INVALID);
            assertThat(refusal.violations()).isNotEmpty().allSatisfy(violation -> {
                assertThat(violation.pointer()).startsWith("/");
                assertThat(violation.message()).isNotBlank();
            });
            return;
        }
        URI url = accepted.webhook().url();
        assertThat(url.toString()).doesNotContainPattern("\\p{Cntrl}");
        assertThat(accepted.webhook().secret()).isNotBlank();
        try {
            TargetResolver.Resolved resolved = targets.resolve(url);
            assertThat(resolved.refusal()).isEmpty();
            assertThat(PinnedTarget.of(url, resolved.address())
                            .request()
                            .build()
                            .uri())
                    .isNotNull();
        } catch (UnknownHostException later) {
            assertThat(url.getHost()).isNotEmpty();
        }
    }

    /** No name is asked of others: names of few letters are unknown, the others are this machine, which is blocked. */
    private static InetAddress[] resolve(String host) throws UnknownHostException {
        if (host.startsWith("[") || host.matches("[0-9.]+")) {
            return InetAddress.getAllByName(host);
        }
        if (host.equals("hooks.example.org")) {
            return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {93, (byte) 184, (byte) 216, 34})};
        }
        throw new UnknownHostException(host);
    }

    @FuzzTarget
    void answersOfReceivers(@ForAll("answers") HostileBytes answer) throws Exception {
        try (ServerSocket receiver = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(receiver, answer.bytes()), "receiver");
            answering.setDaemon(true);
            answering.start();
            DeliveryOutcome outcome = posted(URI.create("http://127.0.0.1:" + receiver.getLocalPort() + "/hook"));
            assertThat(outcome.error()).doesNotContainPattern("[\\p{Cntrl}\\p{Cs}]");
            Delivery after = new RetryRule(Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 5, Duration.ofDays(1))
                    .after(DELIVERY, outcome, NOW, Duration.ZERO, 0.5);
            assertThat(after.nextAttemptAt()).isBefore(NOW.plus(Duration.ofMinutes(6)));
            assertThat(after.lastStatus()).isBetween(0, 999);
        }
    }

    private static void answer(ServerSocket receiver, byte[] content) {
        try (Socket connection = receiver.accept()) {
            connection.getOutputStream().write(content);
            connection.getOutputStream().flush();
            connection.shutdownOutput();
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // the sender has had enough
        }
    }

    private static DeliveryOutcome posted(URI url) throws InterruptedException {
        InstanceStore instance = new InstanceStore() {
            @Override
            public String instanceId() {
                return "instance";
            }

            @Override
            public boolean reachable() {
                return true;
            }
        };
        Webhook webhook = new Webhook("w", url, EventFilter.ALL, "a secret", false, Instant.EPOCH, Optional.empty());
        try (WebhookSender sender = new WebhookSender(
                new TargetResolver(AllowedTargets.parse(List.of("127.0.0.1")), InetAddress::getAllByName),
                new SigningKeys(new SecretSeal(Rig.KEY_FILE)),
                instance,
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ofSeconds(2),
                Duration.ofMillis(500))) {
            sender.begin(() -> true);
            return sender.post(webhook, DELIVERY, false);
        }
    }
}
