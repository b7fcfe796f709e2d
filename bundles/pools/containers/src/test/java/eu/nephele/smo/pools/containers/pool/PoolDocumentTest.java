// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.pool.PoolDocument.Replacement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolDocumentTest {

    private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");
    private static final Replacement M = new Replacement("m", true);

    private static PoolDocument document(String text, Map<String, Replacement> replaced) {
        return new PoolDocument(json(text), "shop", "d1", replaced);
    }

    private static JsonObject json(String text) {
        return Texts.READER.document(text);
    }

    private static ContainersFile file(PoolDocument document) {
        return Texts.read(document.file().toJson());
    }

    private static final String OTHER = Texts.LEAST
            .replace("edge-1", "edge-2")
            .replace("192.0.2.11", "192.0.2.12")
            .replace("web:\n", "api:\n")
            .replace("port: 8080", "port: 8081");

    @Test
    void withoutPruneNothingGoesBecauseALineIsMissing() {
        PoolDocument reloaded =
                document(Texts.LEAST, Map.of("web", M, "gone", M)).reloaded(json(OTHER), "d2", false);

        assertThat(file(reloaded).servers()).extracting(ServerEntry::name).containsExactly("edge-2", "edge-1");
        assertThat(file(reloaded).services()).extracting(ServiceEntry::name).containsExactly("api", "web");
        assertThat(reloaded.replaced()).containsOnlyKeys("web");
    }

    @Test
    void withPruneTheFileIsAllThereIs() {
        PoolDocument reloaded = document(Texts.LEAST, Map.of("web", M)).reloaded(json(OTHER), "d2", true);

        assertThat(file(reloaded)).isEqualTo(Texts.read(OTHER));
        assertThat(reloaded.replaced()).isEmpty();
    }

    @Test
    void aReloadTakesTheImageOfTheFileAgain() {
        PoolDocument updated = document(Texts.LEAST, Map.of())
                .replacing("web", M, Optional.of("registry.example/shop/web:2"), Optional.empty(), Instant.EPOCH);
        assertThat(file(updated).service("web").orElseThrow().image()).isEqualTo("registry.example/shop/web:2");
        assertThat(updated.replaced()).containsEntry("web", M);

        PoolDocument reloaded = updated.reloaded(json(Texts.LEAST), "d2", false);
        assertThat(file(reloaded)).isEqualTo(Texts.read(Texts.LEAST));
        assertThat(reloaded.replaced()).containsEntry("web", M);
    }

    @Test
    void anAbortedUpdateLeavesWhatWasThereBefore() {
        PoolDocument before = document(Texts.LEAST, Map.of("web", M));
        PoolDocument updated = before.replacing(
                "web", new Replacement("n", false), Optional.of("registry.example/shop/web:2"), Optional.empty(), AT);
        assertThat(PoolDocument.from(updated.toJson())).isEqualTo(updated);

        PoolDocument again = updated.replacing(
                "web",
                new Replacement("o", false),
                Optional.of("registry.example/shop/web:3"),
                Optional.of(updated.updates().get("web")),
                AT);
        for (PoolDocument changed : List.of(updated, again)) {
            PoolDocument aborted = changed.aborting("web", changed.updates().get("web"), AT.plusSeconds(9));
            assertThat(file(aborted)).isEqualTo(file(before));
            assertThat(aborted.replaced()).isEqualTo(before.replaced());
            assertThat(aborted.updates().get("web").abortedAt()).contains(AT.plusSeconds(9));
            assertThat(PoolDocument.from(aborted.toJson())).isEqualTo(aborted);
        }
    }

    @Test
    void secretsStayReferences() {
        PoolDocument document = document(Texts.service("environment:\n  - PASSWORD=${SHOP_DB_PASSWORD}"), Map.of());
        assertThat(document.toJson().toJson()).contains("${SHOP_DB_PASSWORD}").doesNotContain("hunter2");
    }

    @Test
    void itIsReadAsItWasWritten() {
        PoolDocument document = document(Texts.LEAST, Map.of("web", M));
        assertThat(PoolDocument.from(document.toJson())).isEqualTo(document);
    }
}
