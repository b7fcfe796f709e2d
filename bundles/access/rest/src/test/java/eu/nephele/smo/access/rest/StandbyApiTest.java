// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.owner.Owner;
import eu.nephele.smo.core.contract.owner.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A standby marks each answer and states the age of its data. */
final class StandbyApiTest {

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private record Known(Role role, Optional<Duration> sinceLook) implements Ownership {
        @Override
        public Optional<Owner> owner() {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/clusters",
                "/api/v1/projects",
                "/api/v1/strategies",
                "/api/v1/operations/none",
                "/none",
                "/docs/"
            })
    void aStandbySaysWhenItSawTheDatabaseLast(String path) {
        api.platform.ownership = Optional.of(new Known(Ownership.Role.STANDBY, Optional.of(Duration.ofMinutes(5))));
        Instant before = Instant.now().minus(Duration.ofMinutes(5));

        Api.Answer answer = api.get(path);

        assertThat(answer.header("Smo-Role")).isEqualTo("standby");
        assertThat(Instant.parse(answer.header("Smo-Read-At")))
                .isBetween(before.minusSeconds(1), before.plusSeconds(30));
    }

    @Test
    void aRefusedChangeAndAnUnchangedReadSayItToo() {
        api.platform.ownership = Optional.of(new Known(Ownership.Role.STANDBY, Optional.of(Duration.ZERO)));
        String tag = api.get("/api/v1/projects").header("ETag");

        for (Api.Answer answer :
                List.of(api.get("/api/v1/projects", "If-None-Match", tag), api.post("/api/v1/clusters/none/cordon"))) {
            assertThat(answer.header("Smo-Role")).isEqualTo("standby");
            assertThat(answer.header("Smo-Read-At")).isNotEmpty();
        }
    }

    @Test
    void beforeTheFirstLookItOnlySaysWhatItIs() {
        api.platform.ownership = Optional.of(new Known(Ownership.Role.STANDBY, Optional.empty()));

        assertThat(api.get("/clusters").header("Smo-Role")).isEqualTo("standby");
        assertThat(api.get("/clusters").header("Smo-Read-At")).isEmpty();
    }

    @Test
    void theOwnerAndAServerWithoutADatabaseSayNothing() {
        assertThat(api.get("/clusters").header("Smo-Role")).isEmpty();
        api.platform.ownership = Optional.of(new Known(Ownership.Role.OWNER, Optional.of(Duration.ZERO)));

        assertThat(api.get("/clusters").header("Smo-Role")).isEmpty();
        assertThat(api.get("/clusters").header("Smo-Read-At")).isEmpty();
    }
}
