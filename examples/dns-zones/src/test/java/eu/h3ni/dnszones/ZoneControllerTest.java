// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.dnszones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneControllerTest {

    private static final Reconciliation CALL = new Reconciliation() {
        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public Duration remaining() {
            return Duration.ofSeconds(30);
        }
    };

    @TempDir
    private Path folder;

    private Reconciled reconcile(Resource zone) {
        return new ZoneController(new ZoneFolder(folder)).reconcile(zone, CALL);
    }

    private static Resource zone(String uid, long generation, boolean leaving, String address) {
        JsonObject entry = JsonObject.of(
                List.of("name", "address"), List.of(new JsonString("web"), new JsonString(address)));
        JsonObject desired = JsonObject.of(
                List.of("nameServer", "records"),
                List.of(new JsonString("ns.example"), new JsonArray(List.of(entry))));
        return new Resource(
                new ResourceRef("zone", "p", "shop.example"),
                uid,
                generation,
                1,
                desired,
                Map.of(),
                leaving,
                ResourceStatus.NOTHING,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aZoneIsAFileThatFollowsItsResource() throws IOException {
        assertThat(reconcile(zone("u", 1, false, "192.0.2.1")).outcome()).isEqualTo(Outcome.READY);
        reconcile(zone("u", 2, false, "192.0.2.2"));
        assertThat(Files.readString(folder.resolve("shop.example.zone")))
                .startsWith("; zone/p/shop.example/u/file\n$ORIGIN shop.example.\n")
                .contains("(2 3600", "web IN A 192.0.2.2");
        assertThat(reconcile(zone("u", 3, true, "192.0.2.2")).outcome()).isEqualTo(Outcome.GONE);
        assertThat(files()).isEmpty();
    }

    @Test
    void theFileOfSomebodyElseIsLeftAlone() throws IOException {
        reconcile(zone("other", 1, false, "192.0.2.1"));
        assertThat(reconcile(zone("u", 1, false, "192.0.2.2")).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(reconcile(zone("u", 2, true, "192.0.2.2")).outcome()).isEqualTo(Outcome.GONE);
        assertThat(Files.readString(folder.resolve("shop.example.zone"))).contains("192.0.2.1");
    }

    @Test
    void whatACrashHasLeftIsOverwrittenAndRemoved() throws IOException {
        Files.writeString(folder.resolve("shop.example.zone.half"), "; zone");
        reconcile(zone("u", 1, false, "192.0.2.1"));
        assertThat(files()).containsExactly("shop.example.zone");
        Files.writeString(folder.resolve("shop.example.zone.half"), "; zone");
        reconcile(zone("u", 2, true, "192.0.2.1"));
        assertThat(files()).isEmpty();
    }

    @Test
    void aFolderThatIsAwayIsAFailureOutside() {
        ZoneController lost = new ZoneController(new ZoneFolder(folder.resolve("away")));
        assertThatThrownBy(() -> lost.reconcile(zone("u", 1, false, "192.0.2.1"), CALL))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("away");
    }
}
