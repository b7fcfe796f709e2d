// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.store.InstanceStore;
import eu.nephele.smo.core.events.Rig;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address that was judged is the one that is connected to. */
final class PinnedTargetTest {

    private static final String SECRET = "a shared secret";

    /**
     * The name means this machine during the check and nothing a moment later: only a client that does not resolve
     * again connects.
     */
    @Test
    void theNameIsResolvedOnce() throws Exception {
        TargetResolver targets = new TargetResolver(AllowedTargets.parse(List.of("127.0.0.0/8")), host ->
                new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})});
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
        try (Receiver receiver = new Receiver(SECRET);
                WebhookSender sender = new WebhookSender(
                        targets,
                        new SigningKeys(new SecretSeal(Rig.KEY_FILE)),
                        instance,
                        Clock.systemUTC(),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30))) {
            URI url = URI.create(receiver.url().replace("127.0.0.1", "rebound.invalid"));
            Webhook webhook = new Webhook("w", url, EventFilter.ALL, SECRET, false, Instant.EPOCH, Optional.empty());

            assertThatThrownBy(() -> sender.post(webhook, delivery(), false))
                    .hasMessageContaining("this server does not own its database now");
            sender.begin(() -> true);
            assertThat(sender.post(webhook, delivery(), false).result())
                    .isEqualTo(DeliveryOutcome.DeliveryResult.DELIVERED);
            assertThat(receiver.hosts()).containsExactly(url.getAuthority());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://hooks.example.org/a%20b?x=%26, 93.184.216.34, http://93.184.216.34/a%20b?x=%26, hooks.example.org",
        "http://hooks.example.org:81/, 93.184.216.34, http://93.184.216.34:81/, hooks.example.org:81",
        "HTTP://hooks.example.org:81, 2001:db8::7, http://[2001:db8:0:0:0:0:0:7]:81, hooks.example.org:81"
    })
    void everythingButTheHostStays(URI url, String address, URI expected, String host) throws Exception {
        assertThat(PinnedTarget.of(url, Optional.of(InetAddress.getByName(address))))
                .isEqualTo(new PinnedTarget(expected, Optional.of(host)));
    }

    @Test
    void overTlsTheCertificateSaysWhoItIs() throws Exception {
        URI url = URI.create("https://hooks.example.org/");
        assertThat(PinnedTarget.of(url, Optional.of(InetAddress.getByName("93.184.216.34"))))
                .isEqualTo(new PinnedTarget(url, Optional.empty()));
    }

    private static Delivery delivery() {
        EventDraft draft = new EventDraft(
                "hdag.started",
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                "",
                "",
                JsonObject.EMPTY);
        return new Delivery(
                "w",
                new StoredEvent("id", 7, draft),
                Delivery.DeliveryState.WAITING,
                0,
                Instant.EPOCH,
                Optional.empty(),
                0,
                "");
    }
}
