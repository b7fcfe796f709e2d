// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.http.Subsystem;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subsystems come and go, and are served as if their resources were written out. */
final class SubsystemsApiTest {

    private static final String PATH = "/api/v1/infrastructure";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private Subsystem infrastructure() {
        return api.installed.stream()
                .filter(subsystem -> subsystem.resources().containsKey("infrastructure"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsAwayIs503AndAllElseGoesOn() {
        assertThat(api.get(PATH).status()).isEqualTo(200);

        api.subsystems.removeSubsystem(infrastructure());
        Api.Answer away = api.get(PATH + "/rack");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.problem()).isEqualTo("unavailable");
        assertThat(away.header("Retry-After")).isEqualTo("2");
        assertThat(away.json().path("instance").asText()).isEqualTo(PATH + "/rack");
        assertThat(api.get("/api/v1/plugins").status()).isEqualTo(200);
        assertThat(api.get("/clusters").status()).isEqualTo(200);

        api.subsystems.addSubsystem(infrastructure());
        assertThat(api.get(PATH).status()).isEqualTo(200);
    }

    /** Answers, errors included, leave the subsystem: it goes at once. */
    @Test
    void everyCallLeavesItsSubsystem() {
        assertThat(api.get(PATH + "/nobody").status()).isEqualTo(404);
        assertThat(api.get(PATH + "?unknown=1").status()).isEqualTo(400);
        assertThat(api.call("PATCH", PATH, BodyPublishers.noBody()).status()).isEqualTo(405);

        long begin = System.nanoTime();
        api.subsystems.removeSubsystem(infrastructure());
        assertThat(System.nanoTime() - begin).isLessThan(2_000_000_000L);
    }

    @Test
    void aPathThatNobodyServesIs404() {
        for (String path : new String[] {
            "/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/nothing/more", "/api/v1/infra%73tructure"
        }) {
            assertThat(api.get(path).status()).as(path).isEqualTo(404);
            assertThat(api.get(path).problem()).as(path).isEqualTo("not-found");
        }
    }

    @Test
    void aMethodThatAPathDoesNotKnowIs405WithThoseThatItKnows() {
        Api.Answer answer = api.call("PATCH", PATH + "/rack", BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow").split(", *")).contains("GET", "POST", "OPTIONS");
    }
}
