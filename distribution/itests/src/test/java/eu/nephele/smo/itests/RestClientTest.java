// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client of the tests of the product holds answers to the contract that the server has at that moment. */
final class RestClientTest {

    private static final String ITEMS = "/api/v1/items";
    private static final String GOOD = "{\"name\":\"one\"}";
    private static final String WRONG = "{\"name\":1}";
    private static final String PATH = """
              %s:
                get:
                  responses:
                    '200':
                      description: An item
                      content:
                        application/json:
                          schema:
                            $ref: '#/components/schemas/Item'
                    default:
                      $ref: '#/components/responses/Problem'
            """;

    private record Reply(int status, String type, String body) {}

    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Integer> fetched = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final RestClient client;

    RestClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new RestClient(server.getAddress().getPort());
        serveContractOf(ITEMS);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serveContractOf(String... paths) {
        StringBuilder all = new StringBuilder();
        for (String path : paths) {
            all.append(PATH.formatted(path));
        }
        replies.put("/openapi.yaml", new Reply(200, "application/yaml", """
                openapi: 3.1.0
                paths:
                %scomponents:
                  schemas:
                    Item:
                      type: object
                      required: [name]
                      additionalProperties: false
                      properties:
                        name: {type: string}
                    Problem:
                      type: object
                      required: [type]
                  responses:
                    Problem:
                      description: What went wrong
                      content:
                        application/problem+json:
                          schema:
                            $ref: '#/components/schemas/Problem'
                """.formatted(all)));
    }

    private void serve(String path, int status, String type, String body) {
        replies.put(path, new Reply(status, type, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Reply reply = Optional.ofNullable(replies.get(path)).orElse(new Reply(404, "text/plain", "none"));
        int status = reply.status();
        if (path.equals("/openapi.yaml") && status == 200) {
            String tag = "\"%d\"".formatted(reply.body().hashCode());
            exchange.getResponseHeaders().set("ETag", tag);
            status = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match")) ? 304 : 200;
            fetched.add(status);
        }
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        boolean empty = status == 304 || body.length == 0;
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Test
    void answersThatFitAreGivenAndTheContractIsFetchedOnce() throws Exception {
        serve(ITEMS, 200, "application/json;charset=UTF-8", GOOD);
        for (int i = 0; i < 3; i++) {
            assertThat(client.get(ITEMS + "?limit=" + i).json().path("name").asText())
                    .isEqualTo("one");
        }
        serve("/clusters", 404, "application/problem+json", "{\"type\":\"none\"}");
        assertThat(client.get("/clusters").status()).isEqualTo(404);

        assertThat(fetched).containsExactly(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 application/json " + WRONG,
                "200 application/json {}",
                "200 text/plain one",
                "204 application/json ",
                "404 application/problem+json {}",
                "404 text/html none"
            })
    void anAnswerThatDoesNotFitIsAnAssertionErrorThatSaysWhat(String wrong) throws Exception {
        String[] reply = wrong.split(" ", 3);
        serve(ITEMS, 200, "application/json", GOOD);
        client.get(ITEMS);
        serve(ITEMS, Integer.parseInt(reply[0]), reply[1], reply[2]);

        assertThatThrownBy(() -> client.get(ITEMS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not as the contract of the server says: GET http")
                .hasMessageContaining(ITEMS);
        assertThat(fetched).as("asked whether the contract has changed").containsExactly(200, 304);
    }

    @Test
    void aPathThatComesIsInTheContractThatIsFetchedAgain() throws Exception {
        serve(ITEMS, 200, "application/json", GOOD);
        serve("/graphs/late", 200, "application/json", GOOD);
        client.get(ITEMS);
        assertThatThrownBy(() -> client.get("/graphs/late")).isInstanceOf(AssertionError.class);

        serveContractOf(ITEMS, "/graphs/late");
        assertThat(client.get("/graphs/late").status()).isEqualTo(200);
        assertThat(fetched).containsExactly(200, 304, 200);

        serve("/graphs/late", 200, "application/json", WRONG);
        assertThatThrownBy(() -> client.get("/graphs/late")).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 503})
    void nothingIsJudgedWhileNobodyServesTheContractAndAllIsAfterwards(int refusal) throws Exception {
        serve("/openapi.yaml", refusal, "application/problem+json", "{}");
        serve(ITEMS, 503, "text/plain", "not yet");
        assertThat(client.get(ITEMS).status()).isEqualTo(503);

        serveContractOf(ITEMS);
        assertThatThrownBy(() -> client.get(ITEMS)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aServerWithoutAContractIsNotOurs() {
        replies.remove("/openapi.yaml");
        serve(ITEMS, 200, "application/json", GOOD);

        assertThatThrownBy(() -> client.get(ITEMS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("There is no contract");
    }

    @Test
    void whatIsNotOfTheContractAndWhoLooksForThemselvesAreNotJudged() throws Exception {
        serve("/lab/world", 200, "application/json", WRONG);
        serve(ITEMS, 200, "application/json", WRONG);

        assertThat(client.get("/lab/world").text()).isEqualTo(WRONG);
        assertThat(client.unchecked().get(ITEMS).text()).isEqualTo(WRONG);
        assertThat(RestClient.unchecked(server.getAddress().getPort())
                        .get(ITEMS)
                        .text())
                .isEqualTo(WRONG);
        assertThat(fetched).isEmpty();
    }
}
