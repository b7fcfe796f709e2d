// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.keys;

import static eu.nephele.smo.access.oidc.token.IssuedTokens.NOW;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.header;
import static eu.nephele.smo.access.oidc.token.IssuedTokens.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import eu.nephele.smo.access.oidc.keys.KeyCache.KeyTimes;
import eu.nephele.smo.access.oidc.token.IssuedTokens;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A provider that is asked no more than it has to be, and that may be away, lie, or change its keys. */
class KeyCacheTest {

    private static final RSAKey FIRST = IssuedTokens.rsa("k1");
    private static final RSAKey SECOND = IssuedTokens.rsa("k2");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<Supplier<String>> provider = new AtomicReference<>(() -> published(FIRST));
    private final KeyCache keys = new KeyCache(
            "corp",
            () -> {
                asked.incrementAndGet();
                return provider.get().get();
            },
            new KeyTimes(Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofSeconds(10)),
            now::get);

    private static JWSHeader by(RSAKey key) {
        return header(JWSAlgorithm.RS256, key).build();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static String away() {
        throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "oidc-corp", "away");
    }

    @Test
    void theyAreReadOnceForManyTokens() {
        for (int i = 0; i < 100; i++) {
            assertThat(keys.find(by(FIRST))).hasSize(1);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void aNewKeyIsFoundAtOnceAndInventedOnesCauseFewQuestions() {
        keys.find(by(FIRST));
        pass(Duration.ofSeconds(10));
        provider.set(() -> published(FIRST, SECOND));
        assertThat(keys.find(by(SECOND))).hasSize(1);
        assertThat(asked).hasValue(2);
        for (int i = 0; i < 1000; i++) {
            JWSHeader invented =
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("x" + i).build();
            assertThat(keys.find(invented)).isEmpty();
            assertThat(keys.find(by(FIRST))).hasSize(1);
        }
        assertThat(asked).as("within the pause").hasValue(2);
        pass(Duration.ofSeconds(10));
        assertThat(keys.find(by(IssuedTokens.rsa("y")))).isEmpty();
        assertThat(asked).hasValue(3);
    }

    @Test
    void theBackgroundReadsThemBeforeAnybodyWaits() {
        keys.tick();
        assertThat(asked).hasValue(1);
        pass(Duration.ofSeconds(299));
        keys.tick();
        assertThat(asked).hasValue(1);
        pass(Duration.ofSeconds(1));
        provider.set(() -> published(SECOND));
        keys.tick();
        assertThat(asked).hasValue(2);
        assertThat(keys.find(by(SECOND))).hasSize(1);
        pass(Duration.ofSeconds(1));
        assertThat(keys.find(by(FIRST))).as("withdrawn").isEmpty();
    }

    @Test
    void theLastOnesCountWhileTheProviderIsAwayButNotForEver() {
        keys.tick();
        provider.set(KeyCacheTest::away);
        for (int hour = 0; hour < 23; hour++) {
            pass(Duration.ofHours(1));
            keys.tick();
            assertThat(keys.find(by(FIRST))).as("hour %d", hour).hasSize(1);
        }
        pass(Duration.ofHours(1));
        assertThatThrownBy(() -> keys.find(by(FIRST)))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(SmoException.Kind.UNAVAILABLE))
                .hasMessageContaining("corp");
        provider.set(() -> published(FIRST));
        pass(Duration.ofSeconds(10));
        assertThat(keys.find(by(FIRST))).as("it is back").hasSize(1);
    }

    @Test
    void anAnswerThatIsNoKeySetChangesNothing() {
        keys.tick();
        for (String lie : List.of(
                "",
                "null",
                "[]",
                "<html>Sign in</html>",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[1]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\",\"kid\":\"k1\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
                "{\"keys\":" + "[".repeat(3000))) {
            provider.set(() -> lie);
            pass(Duration.ofMinutes(6));
            int before = asked.get();
            keys.tick();
            assertThat(asked.get()).as(lie).isEqualTo(before + 1);
            assertThat(keys.find(by(FIRST))).as(lie).hasSize(1);
        }
        provider.set(() -> {
            throw new IllegalStateException("a fault of the program");
        });
        pass(Duration.ofMinutes(6));
        keys.tick();
        assertThat(keys.find(by(FIRST))).hasSize(1);
    }

    @Test
    void oneUnusableKeyDoesNotSpoilTheOthers() {
        String good = published(FIRST);
        provider.set(() -> good.replace(
                "\"keys\":[", "\"keys\":[{\"kty\":\"EC\",\"crv\":\"secp999\",\"kid\":\"k0\"},{\"kty\":\"new\"},"));
        assertThat(keys.find(by(FIRST))).hasSize(1);
    }

    @Test
    void beforeTheyWereReadNobodyIsKnownAndTheProviderIsNotHammered() {
        provider.set(KeyCacheTest::away);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> keys.find(by(FIRST))).isInstanceOf(SmoException.class);
            keys.tick();
        }
        assertThat(asked).hasValue(1);
        provider.set(() -> published(FIRST));
        pass(Duration.ofSeconds(10));
        assertThat(keys.find(by(FIRST))).hasSize(1);
    }

    @Test
    void manyWhoComeAtOnceCauseOneQuestionAndFewWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        provider.set(() -> {
            begun.countDown();
            try {
                answer.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return published(FIRST);
        });
        ExecutorService callers = Executors.newFixedThreadPool(30);
        try {
            List<Future<Integer>> found = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                found.add(callers.submit(() -> {
                    try {
                        return keys.find(by(FIRST)).size();
                    } catch (SmoException comeAgain) {
                        return -1;
                    }
                }));
            }
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            // those who may not wait are told at once
            for (int tries = 0;
                    tries < 200 && found.stream().filter(Future::isDone).count() < 21;
                    tries++) {
                Thread.sleep(50);
            }
            assertThat(found.stream().filter(Future::isDone).count()).isEqualTo(21);
            answer.countDown();
            int known = 0;
            for (Future<Integer> each : found) {
                known += each.get(20, TimeUnit.SECONDS) == 1 ? 1 : 0;
            }
            assertThat(known).isEqualTo(9);
            assertThat(asked).hasValue(1);
        } finally {
            callers.shutdownNow();
        }
    }
}
