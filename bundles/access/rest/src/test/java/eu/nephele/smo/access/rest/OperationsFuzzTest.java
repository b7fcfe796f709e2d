// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SampleJson;
import eu.nephele.smo.lab.testkit.fuzz.ContractRequests;
import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Every operation of the contract, asked as nobody should: each answer is as the contract says, a refusal is a problem, and only 503
 * with a time to come again is the fault of the server.
 */
class OperationsFuzzTest {

    private static final List<String> KNOWN =
            List.of("demo", "hello", "huge", "web", "c1", "c2", "greedy", "placement", "op-001", "edge-1", "a");

    /** There is none here; the test of the product has it. */
    private static final Pattern REFUSED_BY_THE_GATE =
            Pattern.compile("%(?:[01][0-9A-F]|7F|2F|5C|25|3B|2E|3F|23)|/\\.{1,2}(?:/|$)");

    private static Api api;

    @BeforeContainer
    static void start() {
        api = new Api();
        api.post("/api/v1/projects/demo/graphs", Samples.HELLO);
    }

    @AfterContainer
    static void stop() {
        api.close();
    }

    @Provide
    static Arbitrary<HostileRequest> requests() {
        return ContractRequests.requests(
                        SampleJson.strict(Contract.ofProduct().document().toString())
                                .asObject()
                                .orElseThrow(),
                        KNOWN)
                .filter(request -> !REFUSED_BY_THE_GATE
                                .matcher(request.target().replaceAll("\\?.*", ""))
                                .find()
                        // the web server refuses these by a page, which the front makes a problem
                        && !request.headers().contains("")
                        && !request.headers().contains("application/json;charset=\""));
    }

    @FuzzTarget
    void operationsOfTheContract(@ForAll("requests") HostileRequest request) {
        Api.Answer answer = api.call(
                request.method(),
                request.target(),
                request.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()),
                request.headers().toArray(String[]::new));
        assertThat(answer.status() < 500
                        || (answer.status() == 503
                                && !answer.header("Retry-After").isEmpty()))
                .as("%d %s", answer.status(), answer.text())
                .isTrue();
        if (answer.status() >= 400 && !request.method().equals("HEAD")) {
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
            assertThat(answer.text()).doesNotContain("java.lang", "com.fasterxml", "\\tat ");
        }
    }
}
