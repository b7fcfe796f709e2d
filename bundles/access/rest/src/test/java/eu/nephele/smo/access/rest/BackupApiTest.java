// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Backups over REST; every answer is checked against the contract. */
final class BackupApiTest {

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void anArchiveIsSentAndKeptByNobody() {
        Api.Answer answer = api.post("/api/v1/backup", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
        assertThat(answer.header("Content-Disposition")).contains("smo-backup-a1.zip");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.text()).startsWith("PK").contains("archive.json", "tables/cells.jsonl", "manifest.json");
        assertThat(api.platform.backups.closed).isEqualTo(1);
    }

    @Test
    void aSecondOneAtATimeIsRefused() {
        api.platform.backups.busy = true;
        Api.Answer answer = api.post("/api/v1/backup", "");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains("A backup is being taken");
    }
}
