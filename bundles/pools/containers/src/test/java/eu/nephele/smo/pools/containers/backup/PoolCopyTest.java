// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolCopyTest {

    private static final Instant AT = Instant.parse("2026-03-01T04:05:06.789Z");

    private static JsonObject document(String text) {
        return Texts.READER.document(text);
    }

    private static PoolCopy copy(String text) {
        return PoolCopy.taken("default", "containers", AT, document(text), Optional.empty());
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        PoolCopy copy =
                PoolCopy.taken("default", "containers", AT, document(Texts.shop()), Optional.of(document(Texts.LEAST)));
        assertThat(PoolCopy.parse(copy.text())).isEqualTo(copy);
        assertThat(copy.written()).isPresent();
        assertThat(copy("servers: []").written()).isEmpty();
    }

    @Test
    void aFileThatSaysWhatRunsIsNotCopiedTwice() {
        assertThat(PoolCopy.taken(
                                "default", "containers", AT, document(Texts.LEAST), Optional.of(document(Texts.LEAST)))
                        .written())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment:\n  DB_PASSWORD: hunter2\n",
                "environment:\n  - DB_PASSWORD=hunter2\n",
                "environment:\n  - DB=postgres://shop:hunter2@db/shop\n",
                "environment:\n  - DB=postgres://shop:a/hunter2@db/shop\n",
                "environment:\n  - CACHE=redis://:hunter2@cache\n",
                "environment:\n  DB_PWD: hunter2\n",
                "environment:\n  SIGNING_KEY: hunter2\n",
                "environment:\n  ENCRYPTION_KEY: hunter2\n",
                "environment:\n  KEY_OF_SHOP: hunter2\n",
                "environment:\n  JWT: hunter2\n",
                "environment:\n  BASIC_AUTH: hunter2\n",
                "api_token: hunter2\n",
            })
    void noSecretIsInClear(String lines) {
        PoolCopy copy = PoolCopy.taken(
                "default",
                "containers",
                AT,
                document(Texts.LEAST),
                Optional.of(document(Texts.service(lines) + "monitoring: {grafana: {admin_password: hunter2}}\n")));
        assertThat(copy.text()).doesNotContain("hunter2");
        assertThat(copy.leftOut()).hasSize(2).contains("/monitoring/grafana/admin_password");
        assertThat(Texts.READER.lint(copy.written().orElseThrow().toJson()).errors())
                .as("still a file")
                .isEmpty();
    }

    @Test
    void inPlaceOfASecretIsTheReferenceOfItsName() {
        PoolCopy copy =
                copy(Texts.service("environment:\n  - DB_PASSWORD=hunter2\n  - A=b\n  - TOKEN=${SHOP_TOKEN}\n"));
        assertThat(copy.running().toJson()).contains("\"DB_PASSWORD=${DB_PASSWORD}\",\"A=b\",\"TOKEN=${SHOP_TOKEN}\"");
        assertThat(copy.leftOut()).containsExactly("/services/web/environment/0");
    }

    @Test
    void whatOnlySoundsLikeASecretStays() {
        PoolCopy copy = copy(Texts.service("environment:\n  - KEYBOARD=us\n  - MONKEY=ape\n  - A=http://u@h:80/b\n")
                .replace("  web:", "  auth:"));
        assertThat(copy.leftOut()).isEmpty();
        assertThat(copy.running().toJson()).contains("ssh_key", "\"auth\"");
    }

    @Test
    void whatHasNoSecretsIsCopiedAsItIs() {
        assertThat(copy(Texts.shop()).running().canonical())
                .isEqualTo(document(Texts.shop()).canonical());
        assertThat(copy(Texts.shop()).leftOut()).isEmpty();
    }

    @Test
    void aChangedOrCutCopyIsRefused() {
        String text = copy(Texts.LEAST).text();
        for (String broken : List.of(
                "",
                "[]",
                "{}",
                text.substring(0, text.length() - 20),
                text.replace("web:1.4.2", "web:1.4.3"),
                text.replace("\"format\":1", "\"format\":2"))) {
            assertThatThrownBy(() -> PoolCopy.parse(broken)).as(broken).isInstanceOf(SmoException.class);
        }
    }
}
