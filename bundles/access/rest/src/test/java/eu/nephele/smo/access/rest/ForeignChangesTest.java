// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.port.OnStandby;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources of other bundles make changes on the owner of the database only, and the audit records them. */
final class ForeignChangesTest {

    private static final AtomicInteger CHANGES = new AtomicInteger();

    private final Api api = new Api(64 * 1024, new Foreign(), new Searches());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        api.close();
    }

    /** As a bundle brings it. */
    @Path("foreign")
    public static final class Foreign {

        @GET
        @Path("values/{value}")
        public JsonValue get(@PathParam("value") int value) {
            return JsonNumber.of(value);
        }

        @POST
        @Path("values")
        public JsonValue add(JsonValue body) {
            CHANGES.incrementAndGet();
            return body;
        }

        @PUT
        @Path("values/{value}")
        public void set(@PathParam("value") int value) {
            CHANGES.incrementAndGet();
            if (value == 0) {
                throw SmoException.conflict("It is taken");
            }
            if (value < 0) {
                throw new IllegalStateException("a defect of the test");
            }
        }

        @DELETE
        @Path("values/{value}")
        public void remove(@PathParam("value") int value) {
            CHANGES.incrementAndGet();
        }

        @POST
        @Path("search")
        @OnStandby
        public JsonValue search(JsonValue body) {
            return body;
        }

        @Path("below")
        public Below below() {
            return new Below();
        }
    }

    /** Found by a locator: the whole is of the bundle that has that. */
    public static final class Below {

        @POST
        public void add() {
            CHANGES.incrementAndGet();
        }
    }

    /** Changes nothing at all. */
    @Path("searches")
    @OnStandby
    public static final class Searches {

        @POST
        public JsonValue search(JsonValue body) {
            return body;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /foreign/values",
        "PUT, /foreign/values/1",
        "DELETE, /foreign/values/1",
        "POST, /foreign/below",
    })
    void aStandbyRefusesAChangeAndSaysWhoTheOwnerIs(String method, String path) throws Exception {
        int before = CHANGES.get();
        api.access.standby = true;

        HttpResponse<String> refused = send(method, path);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(new ObjectMapper().readTree(refused.body()).path("owner").asText())
                .isEqualTo(InMemoryAccess.OWNER.toString());
        assertThat(CHANGES).hasValue(before);
        assertThat(api.access.audit)
                .extracting(AuditRecord::action, AuditRecord::target, AuditRecord::outcome)
                .containsExactly(tuple("path." + method.toLowerCase(Locale.ROOT), "path" + path, "unavailable"));

        api.access.standby = false;
        assertThat(send(method, path).statusCode()).isLessThan(300);
        assertThat(CHANGES).hasValue(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"GET, /foreign/values/1", "POST, /foreign/search", "POST, /searches"})
    void aStandbyAnswersReadsAndWhatSaysThatItChangesNothing(String method, String path) throws Exception {
        api.access.standby = true;

        assertThat(send(method, path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /foreign/values, 200, accepted",
        "POST, /searches, 200, accepted",
        "POST, /foreign/below, 204, accepted",
        "PUT, /foreign/values/1, 204, accepted",
        "PUT, /foreign/values/0, 409, conflict",
        "PUT, /foreign/values/-1, 500, failed",
        "DELETE, /foreign/values/3, 204, accepted",
    })
    void eachChangeIsReportedWithItsOutcome(String method, String path, int status, String outcome) throws Exception {
        assertThat(send(method, path).statusCode()).isEqualTo(status);

        assertThat(api.access.audit).singleElement().satisfies(entry -> {
            assertThat(entry.principal()).isEqualTo("anonymous");
            assertThat(entry.sourceAddress()).isEqualTo("127.0.0.1");
            assertThat(entry.action()).isEqualTo("path." + method.toLowerCase(Locale.ROOT));
            assertThat(entry.target()).isEqualTo("path" + path);
            assertThat(entry.outcome()).isEqualTo(outcome);
            assertThat(entry.correlationId()).isNotEmpty();
        });
    }

    /** The authorized services of the core check and record themselves. */
    @Test
    void readsAndChangesOfOursAreNotReportedHere() throws Exception {
        send("GET", "/foreign/values/1");
        api.access.standby = true;
        assertThat(api.post("/api/v1/clusters/c2/cordon").status()).isEqualTo(200);

        assertThat(api.access.audit).isEmpty();
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        boolean hasBody = method.equals("POST") && !path.endsWith("below");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(api.port(), path)))
                .method(method, hasBody ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
        Optional.of("application/json").filter(json -> hasBody).ifPresent(json -> request.header("Content-Type", json));
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
