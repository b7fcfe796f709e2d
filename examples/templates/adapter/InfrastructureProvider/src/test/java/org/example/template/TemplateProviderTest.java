// SPDX-License-Identifier: Apache-2.0
package org.example.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.lab.testkit.InfrastructureProviderContract;
import eu.nephele.smo.lab.testkit.OutsideSystem;
import eu.nephele.smo.lab.testkit.OutsideSystem.Reply;
import eu.nephele.smo.lab.testkit.PlainHttpSystems;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateProviderTest extends InfrastructureProviderContract {

    private static final JsonObject WISH = JsonObject.EMPTY.with("name", new JsonString("burst"));

    private final OutsideSystem system = TemplateFake.open();
    private final TemplateProvider provider =
            new TemplateProvider(new PlainHttpSystems().open(system.settings(TemplateProvider.SYSTEM)));

    @AfterEach
    void everythingEnds() {
        provider.end();
        system.close();
    }

    @Override
    protected InfrastructureProvider adapter() {
        return provider;
    }

    @Override
    protected void breakTheSystem() {
        system.hangs();
    }

    @Override
    protected JsonObject wish() {
        return WISH;
    }

    @Override
    protected JsonObject badWish() {
        return JsonObject.EMPTY;
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "422, REFUSED",
        "429, UNAVAILABLE",
        "503, UNAVAILABLE"
    })
    void whatTheSystemAnswersIsWhatTheStageFailsWith(int status, Kind kind) {
        system.fails(status);
        assertThatThrownBy(() -> provider.create(WISH).toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"burst;READY", "burst;READY;many", ";READY;1", "<html>"})
    void aLineThatIsWrongIsNamed(String line) {
        system.answers(request -> Reply.text("# pools\n" + line));
        assertThatThrownBy(provider::list).isInstanceOf(AdapterException.class).hasMessageContaining(line);
    }

    @Test
    void anIdIsOnePartOfThePath() throws Exception {
        system.answers(request -> Reply.text("a b/c;READY;2"));
        provider.scale("a b/c", 2).toCompletableFuture().get();
        assertThat(system.requests()).extracting(OutsideSystem.Request::path).containsExactly("/pools/a%20b%2Fc/nodes");
    }
}
