// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

class FirstStartTest {

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00.123Z");

    @TempDir
    Path folder;

    private final BundleContext context = mock(BundleContext.class);

    private Instant startedAt(Instant now) {
        return new FirstStart(context, Clock.fixed(now, ZoneOffset.UTC)).at();
    }

    @Test
    void theFirstOneIsKept() {
        when(context.getDataFile("first-start"))
                .thenReturn(folder.resolve("first-start").toFile());
        assertThat(startedAt(NOW)).isEqualTo(NOW);
        assertThat(startedAt(NOW.plusSeconds(60))).isEqualTo(NOW);
    }

    @Test
    void whatCannotBeReadIsTheBeginningOfTime() throws IOException {
        Path file = folder.resolve("first-start");
        when(context.getDataFile("first-start")).thenReturn(file.toFile());
        Files.writeString(file, "yesterday");
        assertThat(startedAt(NOW)).isEqualTo(Instant.EPOCH);
        when(context.getDataFile("first-start"))
                .thenReturn(folder.resolve("none/first-start").toFile());
        assertThat(startedAt(NOW)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aFrameworkWithoutFilesKnowsNone() {
        assertThat(startedAt(NOW)).isEqualTo(Instant.EPOCH);
    }
}
