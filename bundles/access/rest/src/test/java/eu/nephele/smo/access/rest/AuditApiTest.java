// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit over REST; every answer is checked against the contract. */
final class AuditApiTest {

    private final Api api = new Api();

    @BeforeEach
    void fill() {
        for (int i = 0; i < 5; i++) {
            api.platform.audit.add(i % 2 == 0 ? "anna" : "smo", "graph.deploy", "accepted");
        }
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void entriesArePagedInSequenceAndEachFollowsTheOneBefore() {
        Api.Answer first = api.get("/api/v1/audit?limit=2");
        assertThat(first.json().at("/items/0/sequence").asLong()).isEqualTo(1);
        assertThat(first.json().at("/items/0/actor").asText()).isEqualTo("anna");
        assertThat(first.json().at("/items/1/previous").asText())
                .isEqualTo(first.json().at("/items/0/hash").asText());
        Api.Answer second = api.get("/api/v1/audit?limit=2&cursor="
                + first.json().path("nextCursor").asText());
        assertThat(second.json().at("/items/0/sequence").asLong()).isEqualTo(3);
        assertThat(api.get("/api/v1/audit?after=4")
                        .json()
                        .at("/items/0/sequence")
                        .asLong())
                .isEqualTo(5);
        assertThat(api.get("/api/v1/audit?actor=smo").json().path("items")).hasSize(2);
    }

    @Test
    void whatIsAskedReachesTheAudit() {
        api.get(
                "/api/v1/audit?from=2026-11-20T10:00:00Z&to=2026-11-21T10:00:00%2B02:00&action=graph.*&target=graph/shop/*"
                        + "&outcome=accepted");
        assertThat(api.platform.audit.asked().from()).contains(Instant.parse("2026-11-20T10:00:00Z"));
        assertThat(api.platform.audit.asked().to()).contains(Instant.parse("2026-11-21T08:00:00Z"));
        assertThat(api.platform.audit.asked().action()).contains("graph.*");
        assertThat(api.platform.audit.asked().target()).contains("graph/shop/*");
        assertThat(api.platform.audit.asked().outcome()).contains("accepted");
    }

    @Test
    void theExportIsAllPartsOneAfterTheOther() {
        Api.Answer all = api.get("/api/v1/audit/export");
        assertThat(all.header("Cache-Control")).isEqualTo("no-store");
        assertThat(all.text().lines()).hasSize(5).last().isEqualTo("{\"sequence\":5}");
        assertThat(api.get("/api/v1/audit/export?after=3").text().lines()).hasSize(2);
    }

    @Test
    void theHeadAndTheKeysAreShown() {
        Api.Answer head = api.get("/api/v1/audit/head");
        assertThat(head.json().path("sequence").asLong()).isEqualTo(5);
        assertThat(head.json().at("/seal/key").asText()).isEqualTo("0011223344556677");
        assertThat(head.json().at("/anchors/0/place").asText()).isEqualTo("/elsewhere/heads");
        assertThat(api.get("/api/v1/audit/keys").json().at("/items/0/id").asText())
                .isEqualTo("0011223344556677");
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=x", "after=-1", "from=yesterday", "to=2026", "limit=0", "unknown=1"})
    void aQuestionThatMakesNoSenseIsRefused(String query) {
        assertThat(api.get("/api/v1/audit?" + query).status()).isEqualTo(400);
    }
}
