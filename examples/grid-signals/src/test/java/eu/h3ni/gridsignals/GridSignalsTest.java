// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.gridsignals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridSignalsTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final String TABLE =
            """
            # cluster;from;gramsPerKwh;renewableShare
            c1;2026-11-20T16:00:00Z;90;0.7
            c1;2026-11-20T15:00:00Z;180;0.4
            """;

    private final AtomicReference<String> body = new AtomicReference<>(TABLE);
    private final Semaphore looks = new Semaphore(0);
    private HttpServer operator;
    private GridSignals signals;

    @BeforeEach
    void aGridOperator() throws IOException {
        operator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        operator.createContext("/table", exchange -> {
            byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(bytes.length == 0 ? 503 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
            looks.release();
        });
        operator.start();
        signals = new GridSignals(config(
                "http://127.0.0.1:%d/table".formatted(operator.getAddress().getPort())));
    }

    @AfterEach
    void everythingEnds() {
        signals.end();
        operator.stop(0);
    }

    @Test
    void tellsWhatTheTableSaysOfTheClustersThatAreAskedFor() throws InterruptedException {
        awaitLook();

        Map<ClusterId, ClusterSignals> known = signals.signals(List.of(C1, C2));
        assertThat(known).containsOnlyKeys(C1);
        assertThat(known.get(C1).carbonGramsPerKwh()).isEqualTo(OptionalDouble.of(180));
        assertThat(known.get(C1).renewableShare()).isEqualTo(OptionalDouble.of(0.4));
        assertThat(known.get(C1).forecast())
                .extracting(point -> point.carbonGramsPerKwh())
                .containsExactly(180.0, 90.0);
    }

    @Test
    void aTableThatIsWrongOrAwayChangesNothing() throws InterruptedException {
        awaitLook();
        for (String trouble : List.of("c1;soon;1;1", "")) {
            body.set(trouble);
            awaitLook();
            assertThat(signals.signals(List.of(C1))).containsOnlyKeys(C1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c1;2026-11-20T16:00:00Z;90",
                "c1;soon;90;0.7",
                "c1;2026-11-20T16:00:00Z;-1;0.7",
                "c1;2026-11-20T16:00:00Z;90;1.1"
            })
    void aLineThatIsWrongIsNamed(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GridTable.parse("# first\n" + line))
                .withMessageContaining("Line 2")
                .withMessageContaining(line);
    }

    /** Waits for three answers: the first may be an old one, and at the third request the second has been processed. */
    private void awaitLook() throws InterruptedException {
        looks.drainPermits();
        assertThat(looks.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
    }

    private static GridConfig config(String url) {
        return new GridConfig() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public int refreshSeconds() {
                return 1;
            }

            @Override
            public int timeoutMillis() {
                return 5000;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return GridConfig.class;
            }
        };
    }
}
