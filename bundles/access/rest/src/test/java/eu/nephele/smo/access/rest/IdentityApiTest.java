// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users, keys, sessions and grants over REST; every answer is checked against the contract. */
final class IdentityApiTest {

    private static final String PASSWORD = "correct horse battery staple";

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    private void addUser(String name) {
        assertThat(api.post(
                                "/api/v1/users",
                                "{\"name\":\"%s\",\"fullName\":\"Anna Example\",\"password\":\"%s\"}"
                                        .formatted(name, PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    private Api.Answer login(String user, String password) {
        return api.post("/api/v1/sessions", "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password));
    }

    @Test
    void aUserIsAddedChangedListedAndRemoved() {
        addUser("anna");
        assertThat(api.get("/api/v1/users/anna").json().path("fullName").asText())
                .isEqualTo("Anna Example");
        Api.Answer changed = api.patch("/api/v1/users/anna", "{\"enabled\":false}");
        assertThat(changed.json().path("enabled").asBoolean()).isFalse();
        assertThat(changed.json().path("fullName").asText()).isEqualTo("Anna Example");
        assertThat(login("anna", PASSWORD).status()).as("disabled").isEqualTo(401);
        addUser("bert");
        Api.Answer page = api.get("/api/v1/users?limit=1");
        assertThat(page.json().at("/items/0/name").asText()).isEqualTo("anna");
        assertThat(api.get("/api/v1/users?cursor="
                                + page.json().path("nextCursor").asText())
                        .json()
                        .at("/items/0/name")
                        .asText())
                .isEqualTo("bert");
        assertThat(api.delete("/api/v1/users/anna").status()).isEqualTo(204);
        assertThat(api.get("/api/v1/users/anna").status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/users/anna").status()).isEqualTo(404);
    }

    @Test
    void whoAsksLearnsWhichChangesNeedCredentials() {
        assertThat(api.get("/api/v1/whoami").json().path("guardedChanges"))
                .extracting(JsonNode::asText)
                .containsExactly("/api/v1/users", "/api/v1/shadows/*/promote");
    }

    @Test
    void aLoginIsAnsweredWithATokenOnce() {
        addUser("anna");
        Api.Answer opened = login("anna", PASSWORD);
        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.header("Cache-Control")).isEqualTo("no-store");
        assertThat(opened.json().path("token").asText()).startsWith("smos_");
        Api.Answer listed = api.get("/api/v1/sessions?all=true");
        assertThat(listed.json().at("/items/0/principal").asText()).isEqualTo("anna");
        assertThat(listed.text()).doesNotContain(opened.json().path("token").asText());
        assertThat(api.get("/api/v1/sessions").json().path("items"))
                .as("those of the caller")
                .isEmpty();
        String id = opened.json().path("id").asText();
        assertThat(api.delete("/api/v1/sessions/" + id).status()).isEqualTo(204);
        assertThat(api.delete("/api/v1/sessions/" + id).status()).isEqualTo(404);
    }

    @Test
    void wrongPasswordsAre401AndThen429WithRetryAfter() {
        addUser("anna");
        for (int i = 0; i < 5; i++) {
            Api.Answer refused = login("anna", "wrong");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.json().path("type").asText()).isEqualTo("urn:smo:problem:unauthorized");
        }
        Api.Answer throttled = login("anna", PASSWORD);
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(Integer.parseInt(throttled.header("Retry-After"))).isBetween(1, 2);
    }

    @Test
    void aKeyIsMadeRotatedAndRemoved() {
        Api.Answer made = api.post("/api/v1/keys", "{\"name\":\"ci\",\"description\":\"deploys\"}");
        assertThat(made.status()).isEqualTo(201);
        String token = made.json().path("token").asText();
        assertThat(token).startsWith("smok_ci_");
        assertThat(api.post("/api/v1/keys", "{\"name\":\"ci\"}").status()).isEqualTo(409);
        Api.Answer rotated = api.post("/api/v1/keys/ci/rotate", "{\"overlapMinutes\":5}");
        assertThat(rotated.json().path("token").asText()).startsWith("smok_ci_").isNotEqualTo(token);
        assertThat(rotated.json().path("secrets").asInt()).isEqualTo(2);
        assertThat(api.post("/api/v1/keys/ci/rotate").status())
                .as("without a body")
                .isEqualTo(200);
        assertThat(api.get("/api/v1/keys").text()).contains("smok_ci").doesNotContain(token);
        assertThat(api.delete("/api/v1/keys/ci").status()).isEqualTo(204);
    }

    @Test
    void aGrantShowsItsEffectAndIsTakenBack() {
        addUser("anna");
        String body = "{\"subject\":\"anna\",\"role\":\"deployer\",\"project\":\"shop\"}";
        Api.Answer tried = api.post("/api/v1/grants?dryRun=true", body);
        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.json().at("/effect/gains/graph").toString()).contains("CREATE");
        assertThat(api.get("/api/v1/grants").json().path("items")).isEmpty();
        Api.Answer granted = api.post("/api/v1/grants", body);
        assertThat(granted.status()).isEqualTo(201);
        String id = granted.json().path("id").asText();
        assertThat(api.post("/api/v1/grants/" + id + "/consent").status()).isEqualTo(409);
        assertThat(api.delete("/api/v1/grants/" + id + "?dryRun=true")
                        .json()
                        .at("/effect/loses/graph")
                        .toString())
                .contains("DELETE");
        assertThat(api.delete("/api/v1/grants/" + id).status()).isEqualTo(200);
        assertThat(api.get("/api/v1/grants").json().path("items")).isEmpty();
    }

    @Test
    void whoAsksIsToldAndWhatRolesThereAre() {
        assertThat(api.get("/api/v1/whoami").json().path("principal").asText()).isNotBlank();
        assertThat(api.get("/api/v1/roles").json().path("items")).hasSize(5);
        assertThat(api.put("/api/v1/password", "{\"present\":\"x\",\"password\":\"another long one\"}")
                        .status())
                .as("no user of this server")
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "/api/v1/users | {\"name\":\"Anna\"}                                             | /name",
                "/api/v1/users | {\"name\":\"admin\"}                                            | /name",
                "/api/v1/users | {}                                                              | /name",
                "/api/v1/users | {\"name\":\"anna\",\"password\":\"short\"}                      | /password",
                "/api/v1/users | {\"name\":\"anna\",\"enabled\":\"yes\"}                         | /enabled",
                "/api/v1/keys  | {\"name\":\"ci\",\"until\":\"2020-01-01T00:00:00Z\"}            | /until",
                "/api/v1/keys  | {\"name\":\"ci\",\"until\":\"soon\"}                            | /until",
                "/api/v1/keys/ci/rotate | {\"overlapMinutes\":-1}                                | /overlapMinutes",
                "/api/v1/grants | {\"subject\":\"nobody\",\"role\":\"viewer\"}                   | /subject",
                "/api/v1/grants | {\"subject\":\"key:nobody\",\"role\":\"viewer\"}               | /subject",
                "/api/v1/grants | {\"subject\":\"group:x\",\"role\":\"king\"}                    | /role",
                "/api/v1/grants | {\"subject\":\"group:x\"}                                      | /role",
                "/api/v1/grants | {\"subject\":\"group:x\",\"role\":\"viewer\",\"verbs\":[\"X\"]}  | /verbs/0",
                "/api/v1/grants | {\"subject\":\"group:x\",\"role\":\"viewer\",\"resource\":\"x\"} | /resource",
                "/api/v1/grants | {\"subject\":\"group:x\",\"role\":\"viewer\",\"project\":\"a/b\"} | /project",
                "/api/v1/grants | {\"subject\":\"group:x\",\"role\":\"viewer\",\"needsConsent\":1} | /needsConsent",
                "/api/v1/sessions | {\"user\":\"anna\"}                                          | /password",
            })
    void aMistakeIsRefusedWithItsPlace(String path, String body, String pointer) {
        Api.Answer refused = api.post(path, body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }
}
