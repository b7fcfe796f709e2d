// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.Backend;
import eu.nephele.smo.api.port.Backend.HealthCheck;
import eu.nephele.smo.api.port.Backend.Member;
import eu.nephele.smo.api.port.Backend.Protocol;
import eu.nephele.smo.api.port.BackendStatus;
import eu.nephele.smo.lab.testbed.components.FreePorts;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the adapter does with a real HAProxy, and what happens when others do something with it. */
@Timeout(120)
class RealBalancerTest {

    /** Column of the status of a server in the statistics of HAProxy. */
    private static final int STATUS = 17;

    private Optional<RealBalancer> world = Optional.empty();

    private RealBalancer world(Map<String, ?> changed) throws Exception {
        RealBalancer made = new RealBalancer(changed);
        world = Optional.of(made);
        return made;
    }

    private RealBalancer world() throws Exception {
        return world(Map.of());
    }

    @AfterEach
    void end() throws IOException {
        if (world.isPresent()) {
            world.get().close();
        }
    }

    @Test
    void membersGetRequestsByTheirWeight() throws Exception {
        RealBalancer real = world();
        int port = port();
        Member a = real.replica("a").member();
        Member none = new Member("none", "localhost", real.replica("none").port(), 0, false);
        BackendStatus status = real.ensure("web", RealBalancer.backend(port, List.of(a, none)));

        assertThat(status.members()).extracting(Object::toString).anyMatch(text -> text.contains("id=a, state=UP"));
        assertThat(answers(real, port, 10)).containsExactly("200 a");
        real.ensure("web", RealBalancer.backend(port, List.of(a, weighted(none, 100))));
        assertThat(answers(real, port, 10)).containsExactlyInAnyOrder("200 a", "200 none");
        assertThat(real.get(real.statisticsPort(), "/metrics")).contains("haproxy_process_start_time_seconds");
    }

    @Test
    void whatIsReadFromAMemberThatDiesIsReadFromAnotherOneAndNothingIsDoneTwice() throws Exception {
        RealBalancer real = world();
        int port = port();
        AtomicInteger heard = new AtomicInteger();
        try (ServerSocket dying = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread ends = new Thread(() -> hangUp(dying, heard));
            ends.setDaemon(true);
            ends.start();
            Member dead = new Member("dead", "127.0.0.1", dying.getLocalPort(), 100, false);
            real.ensure(
                    "web", RealBalancer.backend(port, List.of(real.replica("a").member(), dead)));

            for (int i = 0; i < 10; i++) {
                assertThat(real.once("GET", port)).isEqualTo("200 a");
            }
            assertThat(heard).hasPositiveValue();

            heard.set(0);
            List<String> posted = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                posted.add(real.once("POST", port));
            }
            assertThat(posted).contains("200 a");
            assertThat(posted.stream().filter(answer -> !answer.equals("200 a")))
                    .as("each that failed was heard once")
                    .hasSize(heard.get())
                    .isNotEmpty();
        }
    }

    /** HAProxy says {@code UP 1/3} of a server that the next bad answer takes out. */
    @Test
    void aMemberThatIsAddedMayFailItsCheckAsOftenAsTheOthers() throws Exception {
        RealBalancer real = world();
        HealthCheck check = new HealthCheck("/", Optional.empty(), Duration.ofSeconds(60), Duration.ofSeconds(1), 2, 3);
        int port = port();
        Optional<HealthCheck> checked = Optional.of(check);
        Member a = real.replica("a").member();
        Member b = real.replica("b").member();
        real.ensure("web", RealBalancer.backend(port, Protocol.HTTP, checked, List.of(a)));
        real.ensure("web", RealBalancer.backend(port, Protocol.HTTP, checked, List.of(a, b)));

        assertThat(real.say("show stat"))
                .filteredOn(line -> line.startsWith("shop:front:web,b,"))
                .singleElement()
                .satisfies(line -> assertThat(line.split(",", -1)[STATUS]).isEqualTo("UP"));
    }

    /** Reads the beginning of each request, and answers nothing. */
    private static void hangUp(ServerSocket dying, AtomicInteger heard) {
        while (!dying.isClosed()) {
            try (Socket request = dying.accept()) {
                heard.incrementAndGet();
                request.getInputStream().readNBytes(10);
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void membersChangeWithoutAReloadAndComeBackAfterOneByAnybody() throws Exception {
        RealBalancer real = world();
        int port = port();
        Member a = real.replica("a").member();
        Member b = real.replica("b").member();
        Member c = real.replica("c").member();
        real.ensure("web", RealBalancer.backend(port, List.of(a)));
        long reloads = real.processTable().reloads();
        real.ensure("web", RealBalancer.backend(port, List.of(a, b, c)));
        real.ensure("web", RealBalancer.backend(port, List.of(weighted(a, 7), draining(b))));
        assertThat(real.processTable().reloads()).isEqualTo(reloads);
        real.awaitStates("web", "[a=UP, b=DRAINING]");

        real.reloadByHand();

        real.awaitStates("web", "[a=UP, b=DRAINING]");
        assertThat(real.say("show servers state " + "shop:front:web"))
                .anyMatch(line -> line.contains(" a 127.0.0.1 2 0 7 "));
        assertThat(answers(real, port, 10)).containsExactly("200 a");
    }

    @Test
    void aHaproxyThatWasKilledComesBackWithTheSameMembers() throws Exception {
        RealBalancer real = world();
        int port = port();
        Backend backend = RealBalancer.backend(
                port,
                List.of(real.replica("a").member(), draining(real.replica("b").member())));
        real.ensure("web", RealBalancer.backend(port, List.of()));
        real.ensure("web", backend);

        real.haproxy().kill();
        Await.until("the worker ends with its master", () -> !real.answers());
        refuses(Kind.UNAVAILABLE, () -> real.ensure("web", backend));
        refuses(Kind.UNAVAILABLE, () -> real.seen("web"));
        real.haproxy().startAgain();

        real.awaitStates("web", "[a=UP, b=DRAINING]");
        assertThat(real.get(port, "/")).isEqualTo("200 a");
    }

    @Test
    void whatOthersDidToTheRunningHaproxyIsRepairedByTheNextCall() throws Exception {
        RealBalancer real = world();
        int port = port();
        Backend backend = RealBalancer.backend(
                port,
                Protocol.HTTP,
                Optional.of(RealBalancer.check("/check")),
                List.of(real.replica("a").member(), real.replica("b").member()));
        real.ensure("web", backend);
        real.say("set server shop:front:web/a state maint;del server shop:front:web/a");
        real.say("set server shop:front:web/b weight 0;disable health shop:front:web/b");
        real.say("add server shop:front:web/stranger 127.0.0.1:1;enable server shop:front:web/stranger");

        real.ensure("web", backend);

        real.awaitStates("web", "[a=UP, b=UP]");
        assertThat(answers(real, port, 10)).containsExactlyInAnyOrder("200 a", "200 b");
        assertThat(real.say("show servers state shop:front:web"))
                .as("checks of b are enabled")
                .anyMatch(line -> line.contains(" b 127.0.0.1 ") && line.split(" ", -1)[13].equals("6"));
    }

    @Test
    void aMemberIsDrainedBeforeItGoes() throws Exception {
        RealBalancer real = world();
        int port = port();
        ReplicaServer slow = real.replica("slow");
        Member a = real.replica("a").member();
        real.ensure("web", RealBalancer.backend(port, List.of(slow.member())));
        CompletableFuture<String> answer = real.later(port, "/slow");
        Await.until("the slow request has come", () -> slow.slowRequests() == 1);

        real.ensure("web", RealBalancer.backend(port, List.of(a)));
        assertThat(answers(real, port, 10)).containsExactly("200 a");
        real.awaitStates("web", "[a=UP, slow=DRAINING]");
        assertThat(answer).isNotDone();
        slow.letGo();

        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("200 slow");
        real.awaitStates("web", "[a=UP]");
    }

    @Test
    void aMemberThatDoesNotEndIsCutOffAfterItsTime() throws Exception {
        RealBalancer real = world();
        int port = port();
        ReplicaServer slow = real.replica("slow");
        Backend full = RealBalancer.backend(port, List.of(slow.member()));
        real.ensure("web", full);
        CompletableFuture<String> answer = real.later(port, "/slow");
        Await.until("the slow request has come", () -> slow.slowRequests() == 1);

        real.ensure(
                "web", new Backend(port, Protocol.HTTP, full.check(), Duration.ofMillis(500), full.queue(), List.of()));

        real.awaitStates("web", "[]");
        assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).asString().startsWith("50");
    }

    @Test
    void aMemberThatLeavesDuringAReloadIsToldUntilTheOldProcessIsDoneWithIt() throws Exception {
        RealBalancer real = world();
        int port = port();
        ReplicaServer slow = real.replica("slow");
        Member a = real.replica("a").member();
        real.ensure("web", RealBalancer.backend(port, List.of(slow.member())));
        CompletableFuture<String> answer = real.later(port, "/slow");
        Await.until("the slow request has come", () -> slow.slowRequests() == 1);

        real.ensure("web", RealBalancer.backend(port, List.of(a)));
        real.ensure("other", RealBalancer.backend(port(), List.of(a)));
        assertThat(real.processTable().oldWorkers()).hasSize(1);
        for (int i = 0; i < 10; i++) {
            assertThat(real.states("web")).isEqualTo("[a=UP, slow=DRAINING]");
            TimeUnit.MILLISECONDS.sleep(100); // it would be told gone within one or two tries
        }
        slow.letGo();

        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("200 slow");
        real.awaitStates("web", "[a=UP]");
    }

    @Test
    void requestsWaitWhileNobodyIsUpAndAreAnsweredSoonAfter() throws Exception {
        RealBalancer real = world();
        int port = port();
        real.ensure("web", RealBalancer.backend(port, List.of()));
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(real.later(port, "/"));
        }
        Await.until("all wait", () -> real.seen("web").waiting() == 20);
        Member a = real.replica("a").member();

        real.ensure("web", RealBalancer.backend(port, List.of(a)));
        long up = System.nanoTime();

        for (CompletableFuture<String> answer : waiting) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("200 a");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - up)).isLessThan(Duration.ofSeconds(1));
        Await.until("nobody waits", () -> real.seen("web").waiting() == 0);
    }

    @Test
    void requestsThatWaitDuringAReloadAreAnsweredToo() throws Exception {
        RealBalancer real = world();
        int port = port();
        real.ensure("web", RealBalancer.backend(port, List.of()));
        CompletableFuture<String> waiting = real.later(port, "/");
        Await.until("it waits", () -> real.seen("web").waiting() == 1);
        real.ensure("other", RealBalancer.backend(port(), List.of()));
        Await.until("it waits in the new process", () -> real.seen("web").waiting() == 1);

        real.ensure("web", RealBalancer.backend(port, List.of(real.replica("a").member())));

        assertThat(waiting.get(2, TimeUnit.SECONDS)).isEqualTo("200 a");
        Await.until(
                "the old process ends", () -> real.processTable().oldWorkers().isEmpty());
    }

    @Test
    void connectionsOfOtherProtocolsWaitToo() throws Exception {
        RealBalancer real = world();
        int port = port();
        real.ensure("db", RealBalancer.backend(port, Protocol.TCP, Optional.empty(), List.of()));
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Await.until("it waits", () -> real.seen("db").waiting() == 1);
            real.ensure(
                    "db",
                    RealBalancer.backend(
                            port,
                            Protocol.TCP,
                            Optional.empty(),
                            List.of(real.replica("a").member())));
            silent.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = silent.getInputStream();
            silent.setSoTimeout(10_000);
            assertThat(new String(answer.readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("200");
        }
    }

    @Test
    void connectionsThatWaitDuringAReloadGoOnToo() throws Exception {
        RealBalancer real = world();
        int port = port();
        real.ensure("db", RealBalancer.backend(port, Protocol.TCP, Optional.empty(), List.of()));
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Await.until("it waits", () -> real.seen("db").waiting() == 1);
            real.reloadByHand();
            Await.until("it waits in the new process", () -> real.seen("db").waiting() == 1);
            real.ensure(
                    "db",
                    RealBalancer.backend(
                            port,
                            Protocol.TCP,
                            Optional.empty(),
                            List.of(real.replica("a").member())));
            silent.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            silent.setSoTimeout(10_000);
            assertThat(new String(silent.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("200");
        }
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnceAndOthersAfterTheirTime() throws Exception {
        RealBalancer real = world(Map.of("waitingRequests", 3));
        int port = port();
        Backend backend = RealBalancer.backend(port, List.of());
        real.ensure(
                "web",
                new Backend(port, Protocol.HTTP, backend.check(), backend.drain(), Duration.ofSeconds(2), List.of()));
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asked.add(real.later(port, "/"));
        }
        Await.until(
                "seven are refused",
                () -> asked.stream().filter(CompletableFuture::isDone).count() >= 7);
        assertThat(real.seen("web").waiting()).isEqualTo(3);
        for (CompletableFuture<String> answer : asked) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("503");
        }
    }

    @Test
    void membersThatDoNotAnswerTheirChecksGetNothing() throws Exception {
        RealBalancer real = world();
        int port = port();
        ReplicaServer a = real.replica("a");
        ReplicaServer b = real.replica("b");
        real.ensure(
                "web", RealBalancer.backend(port, Protocol.HTTP, Optional.of(RealBalancer.check("/check")), List.of()));
        real.ensure(
                "web",
                RealBalancer.backend(
                        port,
                        Protocol.HTTP,
                        Optional.of(RealBalancer.check("/check")),
                        List.of(a.member(), b.member())));
        b.isWell(false);
        real.awaitStates("web", "[a=UP, b=DOWN]");
        assertThat(answers(real, port, 10)).containsExactly("200 a");
        b.isWell(true);
        real.awaitStates("web", "[a=UP, b=UP]");
    }

    @Test
    void aReloadThatFailsLeavesTheFormerConfigurationAndItsServices() throws Exception {
        RealBalancer real = world(Map.of("tryPorts", false));
        int port = port();
        real.ensure("web", RealBalancer.backend(port, List.of(real.replica("a").member())));
        String before = Files.readString(real.file());
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            refuses(Kind.CONFLICT, () -> real.ensure("late", RealBalancer.backend(other.getLocalPort(), List.of())));
            assertThat(Files.readString(real.file())).isEqualTo(before);
            assertThat(real.get(port, "/")).isEqualTo("200 a");
            assertThat(real.seen("web").members()).hasSize(1);
        }
        int free = port();
        real.ensure("late", RealBalancer.backend(free, List.of(real.replica("b").member())));
        assertThat(real.get(free, "/")).isEqualTo("200 b");
        assertThat(real.get(port, "/")).isEqualTo("200 a");
    }

    @Test
    void aPortThatIsTakenIsRefusedWithoutAReload() throws Exception {
        RealBalancer real = world();
        real.ensure("web", RealBalancer.backend(port(), List.of()));
        long reloads = real.processTable().reloads();
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            refuses(Kind.CONFLICT, () -> real.ensure("late", RealBalancer.backend(other.getLocalPort(), List.of())));
        }
        refuses(Kind.CONFLICT, () -> real.ensure("late", RealBalancer.backend(real.statisticsPort(), List.of())));
        assertThat(real.processTable().reloads()).isEqualTo(reloads);
    }

    @Test
    void aConfigurationThatHaproxyDoesNotTakeIsNeverLoaded() throws Exception {
        RealBalancer real = world();
        int port = port();
        real.ensure("web", RealBalancer.backend(port, List.of(real.replica("a").member())));
        String before = Files.readString(real.file());
        Path extra = real.folder().resolve("wrong.cfg");
        Files.writeString(extra, "nonsense\n");
        long reloads = real.processTable().reloads();
        real.adapter().end();
        HaproxyAdapter wrong = new HaproxyAdapter(
                HaproxySettings.from(HaproxyConfigurations.with(Map.of(
                        "runtimeSocket", real.settings().runtime().text(),
                        "masterSocket", real.settings().master().orElseThrow().text(),
                        "configurationFile", real.file().toString(),
                        "otherFiles", new String[] {extra.toString()},
                        "binary", real.settings().binary().toString(),
                        "bindAddress", "127.0.0.1",
                        "statisticsPort", real.statisticsPort()))),
                java.time.Clock.systemUTC());
        try {
            assertThatThrownBy(() -> wrong.ensureBackend(
                            RealBalancer.key("late"), RealBalancer.OWNER, RealBalancer.backend(port(), List.of())))
                    .hasMessageContaining("nonsense");
        } finally {
            wrong.end();
        }
        assertThat(Files.readString(real.file())).isEqualTo(before);
        assertThat(real.processTable().reloads()).isEqualTo(reloads);
    }

    @Test
    void aFileThatSomebodyElseWroteIsKeptAndOursIsBack() throws Exception {
        RealBalancer real = world();
        int port = port();
        Backend backend = RealBalancer.backend(port, List.of(real.replica("a").member()));
        real.ensure("web", backend);
        String ours = Files.readString(real.file());
        Files.writeString(real.file(), ours.replace("retries 3", "retries 7"));

        real.ensure("web", backend);

        assertThat(Files.readString(real.file())).isEqualTo(ours);
        try (Stream<Path> files = Files.list(real.file().getParent())) {
            List<Path> copies =
                    files.filter(path -> path.toString().contains(".foreign-")).toList();
            assertThat(copies).hasSize(1);
            assertThat(Files.readString(copies.get(0))).contains("retries 7");
        }
    }

    @Test
    void aForeignConfigurationThatRunsIsReplacedByTheNextCall() throws Exception {
        RealBalancer real = world();
        int port = port();
        Backend backend = RealBalancer.backend(port, List.of(real.replica("a").member()));
        real.ensure("web", backend);
        Files.writeString(real.file(), """
                global
                  stats socket %s mode 600 level admin expose-fd listeners
                defaults
                  timeout connect 1s
                  timeout client 1s
                  timeout server 1s
                """.formatted(real.settings().runtime().text()));
        real.reloadByHand();
        assertThat(real.adapter().observe(List.of(RealBalancer.key("web").workload())))
                .isEmpty();

        real.ensure("web", backend);

        assertThat(real.get(port, "/")).isEqualTo("200 a");
    }

    /** As a server leaves it that was killed between the file and the reload. */
    @Test
    void aFileThatWasNotLoadedIsLoadedByTheNextCall() throws Exception {
        RealBalancer real = world();
        int port = port();
        Backend backend = RealBalancer.backend(port, List.of(real.replica("a").member()));
        String before = Files.readString(real.file());
        real.ensure("web", backend);
        String after = Files.readString(real.file());
        Files.writeString(real.file(), before);
        real.reloadByHand();
        assertThat(real.adapter().observe(List.of(RealBalancer.key("web").workload())))
                .isEmpty();
        Files.writeString(real.file(), after);

        real.ensure("web", backend);

        assertThat(real.get(port, "/")).isEqualTo("200 a");
    }

    @Test
    void theLastTenVersionsAreKept() throws Exception {
        RealBalancer real = world();
        for (int i = 0; i < 7; i++) {
            real.ensure("web" + i, RealBalancer.backend(port(), List.of()));
        }
        for (int i = 0; i < 6; i++) {
            real.adapter().ensureRemoved(RealBalancer.key("web" + i), RealBalancer.OWNER);
        }
        Path versions = real.file().resolveSibling("haproxy.cfg.versions");
        try (Stream<Path> files = Files.list(versions)) {
            List<Path> kept = files.sorted().toList();
            assertThat(kept).hasSize(10);
            assertThat(kept.get(9)).hasSameTextualContentAs(real.file());
        }
    }

    @Test
    void anotherProcessThatWritesIsNamed() throws Exception {
        RealBalancer real = world();
        real.ensure("web", RealBalancer.backend(port(), List.of()));
        HaproxyAdapter second = real.another();
        assertThatThrownBy(() -> second.ensureBackend(
                        RealBalancer.key("web"), RealBalancer.OWNER, RealBalancer.backend(port(), List.of())))
                .isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.CONFLICT))
                .hasMessageContaining("installation " + RealBalancer.OWNER)
                .hasMessageContaining("process " + ProcessHandle.current().pid());
        assertThat(second.observe(List.of(RealBalancer.key("web").workload()))).hasSize(1);

        real.adapter().end();
        int port = port();
        second.ensureBackend(RealBalancer.key("web"), RealBalancer.OWNER, RealBalancer.backend(port, List.of()));
        assertThat(second.observe(List.of(RealBalancer.key("web").workload())).values())
                .extracting(BackendStatus::port)
                .containsExactly(port);
    }

    @Test
    void whatOneServerBeganToDrainTheNextOneFinishes() throws Exception {
        RealBalancer real = world();
        int port = port();
        ReplicaServer slow = real.replica("slow");
        Member a = real.replica("a").member();
        real.ensure("web", RealBalancer.backend(port, List.of(slow.member(), a)));
        List<CompletableFuture<String>> asked = List.of(real.later(port, "/slow"), real.later(port, "/slow"));
        Await.until("a slow request has come", () -> slow.slowRequests() > 0);
        Backend later = RealBalancer.backend(port, List.of(a));
        real.ensure("web", later);
        real.adapter().end();

        HaproxyAdapter next = real.another();
        next.bindTenure(new SwitchedTenure());
        assertThat(real.states("web")).isEqualTo("[a=UP, slow=DRAINING]");
        slow.letGo();
        real.awaitStates("web", "[a=UP]");
        assertThat(asked.stream().filter(CompletableFuture::isCompletedExceptionally))
                .isEmpty();
    }

    @Test
    void aServerWhoseTenureIsOverWritesNothingAndLetsOthersWrite() throws Exception {
        RealBalancer real = world();
        int port = port();
        real.ensure("web", RealBalancer.backend(port, List.of()));
        SwitchedTenure tenure = new SwitchedTenure();
        real.adapter().bindTenure(tenure);
        tenure.isOver();
        refuses(
                Kind.UNAVAILABLE,
                () -> real.ensure(
                        "web",
                        RealBalancer.backend(port, List.of(real.replica("a").member()))));
        real.adapter().unbindTenure(tenure);

        HaproxyAdapter next = real.another();
        Backend backend = RealBalancer.backend(port, List.of(real.replica("b").member()));
        Await.until("the next one may write", () -> {
            try {
                next.ensureBackend(RealBalancer.key("web"), RealBalancer.OWNER, backend);
                return true;
            } catch (AdapterException notYet) {
                return false;
            }
        });
        assertThat(real.get(port, "/")).isEqualTo("200 b");
    }

    @Test
    void addressesOfVersionSixAreServed() throws Exception {
        RealBalancer real = world();
        int port = port();
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try (ReplicaServer six = new ReplicaServer("six", InetAddress.getByAddress(loopback), 0)) {
            real.ensure("web", RealBalancer.backend(port, List.of()));
            Member member = new Member("six", "::1", six.port(), 100, false);
            real.ensure("web", RealBalancer.backend(port, List.of(member)));
            assertThat(real.get(port, "/")).isEqualTo("200 six");
            real.reloadByHand();
            real.ensure("web", RealBalancer.backend(port, List.of(member)));
            assertThat(real.get(port, "/")).isEqualTo("200 six");
        }
    }

    /** What the api allows in ids and paths, HAProxy takes on its socket and in its file. */
    @Test
    void oddIdsAndPathsAreTaken() throws Exception {
        RealBalancer real = world();
        int port = port();
        int a = real.replica("a").port();
        List<Member> odd = Stream.of("-", ".", "_", "-x", "no", "0", "a".repeat(128))
                .map(id -> new Member(id, "127.0.0.1", a, 1, false))
                .toList();
        Backend backend = RealBalancer.backend(
                port, Protocol.HTTP, Optional.of(RealBalancer.check("/check?a=%20&b=*(1)!,~:@+-")), List.of());
        real.ensure("web", backend);
        Backend full = RealBalancer.backend(port, Protocol.HTTP, backend.check(), odd);
        assertThat(real.ensure("web", full).members()).hasSameSizeAs(odd);
        real.reloadByHand();
        assertThat(real.ensure("web", full).members()).hasSameSizeAs(odd);
        assertThat(real.get(port, "/")).isEqualTo("200 a");
        refuses(
                Kind.REFUSED,
                () -> real.ensure(
                        "web",
                        RealBalancer.backend(port, Protocol.HTTP, Optional.of(RealBalancer.check("/a b")), odd)));
    }

    @Test
    void aMemberThatMovesIsFound() throws Exception {
        RealBalancer real = world();
        int port = port();
        real.ensure("web", RealBalancer.backend(port, List.of(real.replica("a").member())));
        assertThat(real.get(port, "/")).isEqualTo("200 a");
        Member moved = new Member("a", "127.0.0.1", real.replica("moved").port(), 100, false);
        real.ensure("web", RealBalancer.backend(port, List.of(moved)));
        assertThat(answers(real, port, 5)).containsExactly("200 moved");
    }

    @Test
    void theMasterIsReloadedByASignalWhereItHasNoSocket() throws Exception {
        Path pid = Files.createTempFile("hap", ".pid");
        try {
            RealBalancer real = world(Map.of("masterSocket", "", "pidFile", pid.toString()));
            Files.copy(real.haproxy().pidFile(), pid, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            int port = port();
            real.ensure(
                    "web", RealBalancer.backend(port, List.of(real.replica("a").member())));
            assertThat(real.get(port, "/")).isEqualTo("200 a");
        } finally {
            Files.deleteIfExists(pid);
        }
    }

    private static Member weighted(Member member, int weight) {
        return new Member(member.id(), member.host(), member.port(), weight, member.draining());
    }

    private static Member draining(Member member) {
        return new Member(member.id(), member.host(), member.port(), member.weight(), true);
    }

    private static int port() throws IOException {
        return FreePorts.free(1).get(0);
    }

    private static Set<String> answers(RealBalancer real, int port, int number) throws Exception {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < number; i++) {
            answers.add(real.get(port, "/"));
        }
        return answers;
    }

    private static void refuses(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AdapterException.class, failure -> assertThat(failure.kind())
                .as(failure.getMessage())
                .isEqualTo(kind));
    }
}
