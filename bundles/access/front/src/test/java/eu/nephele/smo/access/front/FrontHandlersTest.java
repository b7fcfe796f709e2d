// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static eu.nephele.smo.access.front.RawAnswer.answer;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.lab.testkit.Await;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The front on the real web server, as Felix would hand it out, spoken to byte by byte. */
@Timeout(60)
final class FrontHandlersTest {

    private static final int THREADS = 14;
    private static final int LONG_TIME_SECONDS = 3_600;
    private static final long PLENTY_BYTES = 1L << 30;
    private static final int MIN_BYTES_PER_SECOND = 1_000;
    private static final int LATE_BYTES = 3;
    private static final FrontHandlers.TransportRules TRANSPORT =
            new FrontHandlers.TransportRules(new AnswerHeaders(0), false);

    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Semaphore reached = new Semaphore(0);
    private final Takes admission = new Takes();
    private final MetricsRecorder counted = mock(MetricsRecorder.class);
    private final Server server = new Server(new QueuedThreadPool(THREADS, 2));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    @AfterEach
    void end() throws Exception {
        release.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    private static FrontHandlers.FrontSettings settings() {
        return new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
                new ConnectionGuard.ConnectionLimits(500, 500, Duration.ofSeconds(LONG_TIME_SECONDS)),
                new RequestBodyHandler.RequestBodyLimits(
                        Duration.ofSeconds(LONG_TIME_SECONDS),
                        Duration.ofSeconds(LONG_TIME_SECONDS),
                        0,
                        2,
                        PLENTY_BYTES),
                TRANSPORT);
    }

    private static Optional<String> route(String method, String path, Predicate<String> hasHeader) {
        return method.equals("POST") && path.equals("/counted") && !hasHeader.test("Idempotency-Key")
                ? Optional.of("/{counted}")
                : Optional.empty();
    }

    /** Takes changes, or none. */
    private static final class Takes implements AdmissionControl {

        private volatile boolean full;
        private volatile boolean broken;

        @Override
        public void admitChange() {
            if (broken) {
                throw new IllegalStateException("played");
            }
            if (full) {
                throw SmoException.of(
                        SmoException.Kind.UNAVAILABLE, "smo", "More to do", Optional.of(Duration.ofSeconds(17)));
            }
        }

        @Override
        public void admitRemoval() {
            admitChange();
        }

        @Override
        public Duration expectedWait() {
            return Duration.ZERO;
        }
    }

    private void serve(FrontHandlers.FrontSettings settings) throws Exception {
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.addServlet(
                new ServletHolder(new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response)
                            throws IOException, ServletException {
                        serve(request, response);
                    }
                }),
                "/*");
        server.setHandler(new ContextHandlerCollection(context));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        FrontConnector front = new FrontConnector(
                server,
                settings,
                new AdmissionHandler.AdmissionSources(
                        () -> Optional.of(FrontHandlersTest::route),
                        () -> Optional.of(admission),
                        () -> Optional.of(counted)),
                new FrontConnector.FrontPort("127.0.0.1", OptionalInt.empty(), Optional.empty(), List.of()),
                () -> true);
        server.addConnector(front);
        front.start();
    }

    private static void notFound(ServletRequest request, ServletResponse response) throws IOException {
        ((HttpServletResponse) response).sendError(404);
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        switch (request.getRequestURI()) {
            case "/refuse" -> response.sendError(413);
            case "/nobody" -> response.sendError(404);
            case "/nothing" -> new ServedFilter().doFilter(request, response, FrontHandlersTest::notFound);
            case "/counted" -> {
                reached.release();
                response.getWriter().print("read " + request.getInputStream().readAllBytes().length);
            }
            case "/late" -> {
                long begun = System.nanoTime();
                int first = request.getInputStream().read();
                // as by a collection of garbage: from the web server's view the body becomes too slow
                Await.until(
                        "fewer bytes per second than required",
                        () -> System.nanoTime() - begun > 10 * LATE_BYTES * 1_000_000_000L / MIN_BYTES_PER_SECOND);
                response.getWriter()
                        .print(first + " and " + request.getInputStream().readAllBytes().length);
            }
            case "/refuse-type" -> response.sendError(415);
            case "/wait", "/held" -> {
                if (request.getRequestURI().equals("/held")) {
                    reached.release();
                }
                try {
                    release.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
                response.getWriter().print("waited");
            }
            default -> {
                int count = request.getInputStream().readAllBytes().length;
                response.getWriter().print("read " + count);
            }
        }
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(30_000);
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static void assertProblem(String answer, int status) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"type\":\"urn:smo:problem:", "\"status\":" + status, "\"source\":\"smo\"");
    }

    static Stream<Arguments> broken() {
        String host = "Host: localhost\r\n";
        return Stream.of(
                Arguments.of("GET //x HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /a%2Fb HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /a%00b HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /a%25b HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /../x HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n", 414),
                Arguments.of("GET / HTTP/1.1\r\n" + host + "X: " + "x".repeat(20_000) + "\r\n\r\n", 431),
                Arguments.of("GET / HTTP/1.1\r\n\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
                Arguments.of("GET / HTTP/3.7\r\n" + host + "\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\n" + host + "Content-Length: x\r\n\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Content-Length: 2147483648\r\n\r\n", 413),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n", 400),
                Arguments.of(chunked("ffffffffffffffff"), 400),
                Arguments.of(chunked("80000000"), 400),
                Arguments.of(chunked("zz"), 400),
                Arguments.of(chunked("-1"), 400),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Expect: nonsense\r\nContent-Length: 1\r\n\r\nx", 417),
                Arguments.of("POST /x HTTP/1.1\r\n" + host + "Content-Type:\r\nContent-Length: 1\r\n\r\nx", 415),
                Arguments.of("POST /x HTTP/1.1\r\n" + host + "Content-Type: \t\r\nContent-Length: 1\r\n\r\nx", 415),
                Arguments.of("POST /x HTTP/1.1\r\n" + host + "Content-Type: /\r\nContent-Length: 1\r\n\r\nx", 415),
                Arguments.of("OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 404),
                Arguments.of("POST /refuse-type HTTP/1.1\r\n" + host + "Content-Length: 1\r\n\r\nx", 415));
    }

    private static String chunked(String size) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\nabc\r\n";
    }

    /** Malformed requests were answered with a page, with 500, or not at all. */
    @ParameterizedTest
    @MethodSource("broken")
    void whatCannotBeReadIsAProblemOfTheClient(String request, int status) throws Exception {
        serve(settings());

        assertProblem(answer(send(request)), status);
    }

    @Test
    void a404IsBelievedOnlyWhenSomebodyWasAsked() throws Exception {
        serve(settings());

        String nobody = answer(send("GET /nobody HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertProblem(nobody, 503);
        assertThat(nobody).containsIgnoringCase("retry-after: 1").contains("The REST API is unavailable");
        assertProblem(answer(send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")), 404);
    }

    /** Formerly 250 of them held all threads, including those of the health checks. */
    @Test
    void slowSendersHoldNoThread() throws Exception {
        serve(settings());
        for (int i = 0; i < 10 * THREADS; i++) {
            send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
        }

        assertThat(answer(send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                .endsWith("read 0");
        assertThat(answer(send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")))
                .endsWith("read 3");
        Socket slow = sockets.get(0);
        slow.getOutputStream().write(new byte[99]);
        assertThat(answer(slow)).endsWith("read 100");
    }

    @Test
    void slowSendersOfLargeBodiesLeaveThreadsForOthers() throws Exception {
        serve(settings());
        String head = "POST /counted HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n";
        for (int i = 0; i < 2; i++) {
            send(head).getOutputStream().write(new byte[RequestBodyHandler.BUFFERED_BYTES]);
        }
        // both are being served
        reached.acquire(2);
        Socket further = send(head);
        further.getOutputStream().write(new byte[3_000_000]);
        String refused = answer(further);

        assertProblem(refused, 503);
        assertThat(refused).containsIgnoringCase("retry-after: 1");
        assertThat(answer(send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")))
                .endsWith("read 3");
        Socket first = sockets.get(0);
        first.getOutputStream().write(new byte[3_000_000 - RequestBodyHandler.BUFFERED_BYTES]);
        assertThat(answer(first)).endsWith("read 3000000");
    }

    /** A MiB for each of 2,000 connections was more than the heap. */
    @Test
    void allBodiesShareOneLimitOfMemory() throws Exception {
        serve(new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
                settings().connections(),
                new RequestBodyHandler.RequestBodyLimits(
                        Duration.ofSeconds(LONG_TIME_SECONDS), Duration.ofSeconds(LONG_TIME_SECONDS), 0, 2, 2_000),
                TRANSPORT));
        String begun = "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 601\r\n\r\n" + "x".repeat(600);
        Socket one = send(begun);
        Socket other = send(begun);
        while (one.getInputStream().available() == 0 && other.getInputStream().available() == 0) {
            Thread.onSpinWait();
        }
        boolean first = one.getInputStream().available() > 0;

        String refused = answer(first ? one : other);
        assertProblem(refused, 503);
        assertThat(refused).containsIgnoringCase("retry-after: 1");
        Socket taken = first ? other : one;
        assertThat(answer(send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")))
                .endsWith("read 3");
        taken.getOutputStream().write('x');
        assertThat(answer(taken)).endsWith("read 601");
        // what was answered gives it back, and so does who has gone
        send(begun).close();
        String answered = "";
        while (!answered.endsWith("read 601")) {
            Socket again = send(begun + "x");
            answered = answer(again);
            again.close();
        }
    }

    @Test
    void aChangeIsRefusedBeforeItsBodyHasComeWhileNoneIsTaken() throws Exception {
        serve(settings());
        admission.full = true;
        String head = "POST /counted HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n";
        Socket refused = send(head + "X-Correlation-Id: mine\r\n\r\n");
        String answer = answer(refused);
        assertProblem(answer, 503);
        assertThat(answer)
                .containsIgnoringCase("retry-after: 17")
                .containsIgnoringCase("x-correlation-id: mine")
                .contains("\"type\":\"urn:smo:problem:unavailable\"", "\"detail\":\"More to do\"")
                .contains("\"instance\":\"/counted\"", "\"correlationId\":\"mine\"");
        assertThat(reached.tryAcquire()).isFalse();
        verify(counted, timeout(20_000))
                .time(
                        eq("smo_http_requests_seconds"),
                        eq(Map.of("method", "POST", "route", "/{counted}", "status", "503")),
                        any());

        // the connection goes on with the next request behind the body that nobody read
        admission.full = false;
        refused.getOutputStream().write(("12345" + head + "\r\nabcde").getBytes(ISO_8859_1));
        assertThat(answer(refused)).endsWith("read 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /counted HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
                "POST /counted HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: k\r\nContent-Length: 0\r\n\r\n",
            })
    void whatIsNoChangeOrMayBeARepetitionIsServedWhileNoneIsTaken(String request) throws Exception {
        serve(settings());
        admission.full = true;

        assertThat(answer(send(request))).endsWith("read 0");
    }

    /** RFC 9110, 10.1.1: a final answer in place of 100, and the end of the connection. */
    @Test
    void aRefusedRequestThatExpectsContinueIsAnsweredWithoutIt() throws Exception {
        serve(settings());
        admission.full = true;
        Socket polite =
                send("POST /counted HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        String answer = answer(polite);
        assertProblem(answer, 503);
        assertThat(answer).containsIgnoringCase("connection: close").containsIgnoringCase("retry-after: 17");
        assertThat(polite.getInputStream().read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /counted HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:"
                        + " chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
                "POST /counted HTTP/1.0\r\nContent-Length: 5\r\n\r\nabcde",
                "POST /counted HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 5\r\n\r\nabcde",
                "POST /counted HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nabcde",
            })
    void changesAreRefusedHoweverTheirBodiesAreSent(String request) throws Exception {
        serve(settings());
        admission.full = true;

        assertProblem(answer(send(request)), 503);
        assertThat(reached.tryAcquire()).isFalse();
    }

    @Test
    void requestsBehindARefusedOneAreServedInOrder() throws Exception {
        serve(settings());
        admission.full = true;
        Socket socket = send("POST /counted HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde"
                + "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertProblem(answer(socket), 503);
        assertThat(answer(socket)).endsWith("read 0");
    }

    @Test
    void aFailingAdmissionControlAdmitsTheRequest() throws Exception {
        serve(settings());
        admission.broken = true;

        assertThat(answer(send("POST /counted HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde")))
                .endsWith("read 5");
    }

    @Test
    void healthIsAnsweredWhileAllTurnsAreTaken() throws Exception {
        serve(settings());
        for (int i = 0; i < 10 * THREADS; i++) {
            send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }

        assertThat(answer(send("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                .endsWith("read 0");
        assertThat(answer(send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                .endsWith("read 0");
        release.countDown();
        for (Socket waiting : sockets.subList(0, 10 * THREADS)) {
            assertThat(answer(waiting)).endsWith("waited");
        }
    }

    @Test
    void readsAndRemovalsAreAnsweredWhileAllChangesThatMayAreUnderWay() throws Exception {
        serve(new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(6, 3, 1, 2),
                settings().connections(),
                settings().bodies(),
                TRANSPORT));
        List<Socket> waiting = new ArrayList<>();
        for (String method : List.of("POST", "PUT", "PATCH", "POST", "POST", "PUT", "POST", "PATCH")) {
            waiting.add(send("%s /held HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .formatted(method)));
        }
        reached.acquire(3);
        assertThat(answer(send(request("GET", "/read")))).contains("read 0");
        assertThat(answer(send(request("DELETE", "/removed")))).contains("read 0");
        for (int i = 0; i < 3; i++) {
            waiting.add(send(request("DELETE", "/held")));
        }
        reached.acquire();
        assertThat(answer(send(request("GET", "/read")))).contains("read 0");
        assertThat(reached.availablePermits()).as("further ones that came in").isZero();
        release.countDown();
        for (Socket socket : waiting) {
            assertThat(answer(socket)).contains("waited");
        }
    }

    @Test
    void furtherReadsWaitForTheirTurnButStreamsAndWaitsAndChangesDoNot() throws Exception {
        serve(new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(8, 8, 8, 2),
                settings().connections(),
                settings().bodies(),
                TRANSPORT));
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(send(request("GET", "/held")));
        }
        reached.acquire(2);
        assertThat(answer(send(request("GET", "/api/v1/events/stream"))))
                .as("a stream")
                .contains("read 0");
        assertThat(answer(send(request("GET", "/api/v1/operations/7?wait=5"))))
                .as("a read that waits")
                .contains("read 0");
        assertThat(answer(send(request("GET", "/api/v1/operations/7?x=1&wait=5"))))
                .as("another one that waits")
                .contains("read 0");
        assertThat(answer(send(request("DELETE", "/removed")))).contains("read 0");
        List<Socket> further = new ArrayList<>();
        for (String path : List.of(
                "/read?wait=5",
                "/api/v1/operations?wait=5",
                "/api/v1/operations/?wait=5",
                "/api/v1/operations/7/x?wait=5",
                "/api/v1/operations/7?await=5",
                "/api/v1/operations/7")) {
            further.add(send(request("GET", path)));
        }
        assertThat(reached.availablePermits()).as("further ones that came in").isZero();
        for (Socket socket : further) {
            assertIsSilent(socket);
        }
        release.countDown();
        for (Socket socket : waiting) {
            assertThat(answer(socket)).contains("waited");
        }
        for (Socket socket : further) {
            assertThat(answer(socket)).contains("read 0");
        }
    }

    private static void assertIsSilent(Socket socket) throws IOException {
        int patience = socket.getSoTimeout();
        socket.setSoTimeout(100);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> socket.getInputStream().read());
        socket.setSoTimeout(patience);
    }

    private static String request(String method, String path) {
        return "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(method, path);
    }

    @Test
    void aClientThatExpectsContinueAndCloseGetsBoth() throws Exception {
        serve(settings());
        Socket asking = send(String.join(
                "\r\n",
                "POST /x HTTP/1.1",
                "Host: localhost",
                "Expect: 100-continue",
                "Connection: close",
                "Content-Length: 3",
                "",
                ""));
        assertThat(new String(asking.getInputStream().readNBytes(25), ISO_8859_1))
                .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        asking.getOutputStream().write("abc".getBytes(ISO_8859_1));

        assertThat(answer(asking)).containsIgnoringCase("connection: close").endsWith("read 3");
        assertThat(asking.getInputStream().read()).isEqualTo(-1);
    }

    /** As a whole, or its next part. */
    @ParameterizedTest
    @CsvSource({"100, 3600000", "3600000, 100"})
    void aBodyThatDoesNotComeInTimeIs408(long wholeMillis, long pauseMillis) throws Exception {
        serve(new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
                settings().connections(),
                new RequestBodyHandler.RequestBodyLimits(
                        Duration.ofMillis(wholeMillis), Duration.ofMillis(pauseMillis), 0, 2, PLENTY_BYTES),
                TRANSPORT));

        assertProblem(answer(send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")), 408);
    }

    @Test
    void aBodyThatArrivedInTimeMayBeReadLate() throws Exception {
        serve(new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
                settings().connections(),
                new RequestBodyHandler.RequestBodyLimits(
                        Duration.ofSeconds(LONG_TIME_SECONDS),
                        Duration.ofSeconds(LONG_TIME_SECONDS),
                        MIN_BYTES_PER_SECOND,
                        2,
                        PLENTY_BYTES),
                TRANSPORT));
        Socket socket =
                send("POST /late HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\nabc".formatted(LATE_BYTES));
        assertThat(answer(socket)).startsWith("HTTP/1.1 200").endsWith("97 and 2");
    }

    @Test
    void headerFieldsThatDoNotComeInTimeAre408() throws Exception {
        serve(new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
                new ConnectionGuard.ConnectionLimits(500, 500, Duration.ofMillis(1)),
                settings().bodies(),
                TRANSPORT));
        Socket idle = send("");

        assertProblem(answer(send("GET /x HTTP/1.1\r\nHo")), 408);
        idle.getOutputStream().write("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
        assertThat(answer(idle)).endsWith("read 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 500})
    void connectionsBeyondTheLimitAreAnswered(int perAddress) throws Exception {
        serve(new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
                new ConnectionGuard.ConnectionLimits(perAddress == 2 ? 500 : 2, perAddress, Duration.ofHours(1)),
                settings().bodies(),
                TRANSPORT));
        for (int i = 0; i < 2; i++) {
            assertThat(answer(send("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                    .endsWith("read 0");
        }

        assertProblem(answer(send("")), 503);
        sockets.get(0).close();
        String answered = "";
        while (!answered.endsWith("read 0")) {
            answered = answer(send("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
    }

    /** Formerly the refusal ended in a broken pipe before it could be read. */
    @ParameterizedTest
    @ValueSource(ints = {100, 900_000, 6_000_000, 20_000_000})
    void aClientThatSendsTooMuchCanReadTheRefusal(int bytes) throws Exception {
        serve(settings());
        Socket socket = send("POST /refuse HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes + "\r\n\r\n");
        socket.getOutputStream().write(new byte[bytes]);

        assertProblem(answer(socket), 413);
    }

    @Test
    void theServerGoesOnWithoutItAsItWas() throws Exception {
        HttpConfiguration http =
                connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
        http.setMinRequestDataRate(7);
        Request.Handler errors = new ErrorHandler();
        server.setErrorHandler(errors);
        serve(new FrontHandlers.FrontSettings(
                new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
                settings().connections(),
                new RequestBodyHandler.RequestBodyLimits(
                        Duration.ofSeconds(LONG_TIME_SECONDS),
                        Duration.ofSeconds(LONG_TIME_SECONDS),
                        50,
                        2,
                        PLENTY_BYTES),
                TRANSPORT));
        assertThat(http.getMinRequestDataRate()).isZero();
        assertThat(http.getSendServerVersion()).isFalse();
        server.getConnectors()[1].stop();

        assertThat(answer(send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")))
                .endsWith("read 3");
        assertThat(server.getErrorHandler()).isSameAs(errors);
        assertThat(http.getMinRequestDataRate()).isEqualTo(7);
        assertThat(http.getSendServerVersion()).isTrue();
    }

    @Test
    void aLargeBodyGivesItsPlaceBackWhenItsHandlerThrows() throws Exception {
        server.setHandler(new RequestBodyHandler(
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        throw new IllegalStateException("no handler of this server");
                    }
                },
                new RequestBodyHandler.RequestBodyLimits(
                        Duration.ofSeconds(LONG_TIME_SECONDS),
                        Duration.ofSeconds(LONG_TIME_SECONDS),
                        0,
                        1,
                        PLENTY_BYTES)));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();

        for (int i = 0; i < 3; i++) {
            Socket large = send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n");
            large.getOutputStream().write(new byte[RequestBodyHandler.BUFFERED_BYTES]);
            assertThat(answer(large)).startsWith("HTTP/1.1 500");
        }
    }
}
