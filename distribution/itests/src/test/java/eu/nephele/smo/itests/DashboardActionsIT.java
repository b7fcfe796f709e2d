// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator does by the web page alone beside the life of a graph; the REST interface says the same after each step. */
class DashboardActionsIT {

    private static final int MOST_MOMENTS = 50;
    private static final String PLUGIN = "org.example.cheapest";
    private static final String ZONES = "eu.h3ni.dns-zones";

    private static ServerProcess server;
    private static RecordingReceiver receiver;
    private static RestClient rest;
    private static DashboardPage page;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = Distribution.freePort();
        page = DashboardPage.open(port);
        receiver = new RecordingReceiver();
        Path zones = Distribution.freshFolder("zones");
        Path data = Settings.fresh()
                .with(
                        "eu.nephele.smo.core.events.webhooks",
                        "allowedTargets=127.0.0.1",
                        "firstBackoffMillis=100",
                        "maxBackoffMillis=200",
                        "maxAttempts=2")
                .with("eu.nephele.smo.core.engine", "driftSeconds=1", "sweepSeconds=2", "pollMillis=100")
                .with(ZONES, "folder=" + zones)
                .data();
        server = ServerProcess.ready(port, data);
        rest = RestClient.known(
                port, Files.readString(data.resolve("etc/admin.token")).strip());
        new DashboardUsers(rest).add("anna", "admin");
    }

    @AfterAll
    static void stop() throws IOException {
        if (page != null) {
            page.close();
        }
        if (server != null) {
            server.close();
        }
        if (receiver != null) {
            receiver.close();
        }
    }

    @BeforeEach
    void logIn() throws Exception {
        page.logIn("anna");
    }

    @Test
    void aPlanOfTheFleetIsMadeLookedAtAndForgotten() throws Exception {
        deploy("fleet-a", "fa");
        page.go("/fleet").click("Make a plan").fill("Moves at most", "3").fill("Seconds to think", "1");
        page.fill("What if these clusters were lost", "c1").sees("smo fleet plan --max-moves 3");
        page.click("Plan").sees("Plan of", "what if").hasNoBarrier();
        String plan = page.browser().address().replaceFirst(".*/fleet/", "/api/v1/fleet/plans/");
        assertThat(rest.get(plan).json().path("hypothetical").asBoolean()).isTrue();
        assertThat(page.shown()).as("a question is never applied").doesNotContain("Apply");
        page.click("Forget").click("Forget").sees("Make a plan");
        assertThat(rest.get(plan).status()).isEqualTo(404);
    }

    @Test
    void aPlanOfTheFleetIsApplied() throws Exception {
        String cleanest = cleanest();
        rest.postJson("/api/v1/clusters/%s/cordon".formatted(cleanest), "{}");
        deploy("fleet-b", "fb");
        rest.postJson("/api/v1/clusters/%s/uncordon".formatted(cleanest), "{}");
        Eventually.within(
                60, () -> rest.get("/api/v1/operations?open=true").json(), open -> assertThat(open.path("items"))
                        .isEmpty());
        assertThat(clusterOf("fleet-b", "fb")).isNotEqualTo(cleanest);
        page.go("/fleet").click("Make a plan").fill("Seconds to think", "1").fill("Weights", "carbon=1, moves=0.0001");
        page.sees("--objectives carbon=1,moves=0.0001").click("Plan");
        page.sees("Plan of").click("Apply").click("Apply").sees("The plan is being applied");
        page.sees("applied");
        Eventually.within(
                60, () -> clusterOf("fleet-b", "fb"), now -> assertThat(now).isEqualTo(cleanest));
    }

    private static String cleanest() throws Exception {
        String found = "";
        double least = Double.MAX_VALUE;
        for (JsonNode cluster : rest.get("/api/v1/clusters").json().path("items")) {
            double grams = cluster.at("/signals/carbonGramsPerKwh").asDouble(Double.MAX_VALUE);
            if (grams < least) {
                least = grams;
                found = cluster.path("name").asText();
            }
        }
        return found;
    }

    @Test
    void aClusterTakesNoNewServicesAndTakesThemAgain() throws Exception {
        page.go("/clusters/c3").click("Cordon").fill("Reason", "new disks").sees("smo cordon c3 --why 'new disks'");
        page.click("Copy the command");
        assertThat(rest.get("/api/v1/clusters/c3").json().path("cordon").isNull())
                .as("who copies a command has not said yes to the question")
                .isTrue();
        page.click("Cordon").sees("It takes no new services", "new disks");
        assertThat(rest.get("/api/v1/clusters/c3").json().at("/cordon/reason").asText())
                .isEqualTo("new disks");
        page.go("/clusters?state=cordoned").sees("c3");
        page.click("c3").click("Uncordon").click("Uncordon");
        Eventually.within(
                30, () -> rest.get("/api/v1/clusters/c3").json().path("cordon"), cordon -> assertThat(cordon.isNull())
                        .isTrue());
    }

    @Test
    void aSharedAddressBringsNoCommandOfItsOwn() throws Exception {
        page.go("/graphs?project=x;id").sees("smo get graphs -p 'x;id'");
    }

    @Test
    void aUserIsMadeMayDoSomethingAndMayNotAnyMore() throws Exception {
        page.go("/access?tab=users").click("Add a user");
        page.fill("User", "bert").fill("Full name", "Bert the Brave").fill("Password", DashboardUsers.PASSWORD);
        page.click("Add").sees("Bert the Brave");
        page.go("/access").click("Grant a role").fill("Who", "bert").choose("Role", "deployer");
        page.fill("In this project", "shop")
                .sees("smo grant add bert deployer --project shop")
                .hasNoBarrier();
        page.click("Grant").sees("bert");
        JsonNode grant = find("/api/v1/grants", "subject", "bert");
        assertThat(grant.path("role").asText()).isEqualTo("deployer");
        assertThat(grant.path("project").asText()).isEqualTo("shop");
        page.click("Revoke deployer of bert").click("Revoke");
        Eventually.within(30, () -> find("/api/v1/grants", "subject", "bert"), gone -> assertThat(
                        gone.path("until").isMissingNode() || gone.path("until").isNull())
                .isTrue());

        page.go("/access?tab=users").clickIn("bert", "Password").fill("Password", "another quiet word");
        page.click("Set").gone("New password for bert");
        assertThat(session("bert", "another quiet word")).isEqualTo(201);
        page.clickIn("bert", "Disable").click("Disable").sees("disabled");
        assertThat(session("bert", "another quiet word")).isEqualTo(401);
        page.clickIn("bert", "Enable").click("Enable").gone("disabled");
        assertThat(session("bert", "another quiet word")).isEqualTo(201);
        page.clickIn("bert", "Remove").click("Remove").gone("Bert the Brave");
        assertThat(rest.get("/api/v1/users/bert").status()).isEqualTo(404);
    }

    @Test
    void aKeyIsShownOnceRotatedAndRevoked() throws Exception {
        page.go("/access?tab=keys").click("Make a key").fill("Name", "robot").fill("What it is for", "builds");
        page.click("Make").sees("The secret is shown only now").hasNoBarrier();
        String first = page.browser().text("dialog pre");
        page.click("Close");
        assertThat(RestClient.known(port, first)
                        .get("/api/v1/whoami")
                        .json()
                        .path("principal")
                        .asText())
                .isEqualTo("key:robot");
        page.clickIn("robot", "Rotate").fill("Minutes", "0").sees("smo key rotate robot --overlap 0");
        page.click("Rotate").sees("The secret is shown only now");
        String second = page.browser().text("dialog pre");
        page.click("Close");
        assertThat(second).isNotEqualTo(first);
        assertThat(RestClient.known(port, first).get("/api/v1/whoami").status()).isEqualTo(401);
        assertThat(RestClient.known(port, second).get("/api/v1/whoami").status())
                .isEqualTo(200);
        page.click("Revoke key robot").click("Remove");
        Eventually.within(
                30, () -> RestClient.known(port, second).get("/api/v1/whoami").status(), status -> assertThat(status)
                        .isEqualTo(401));
    }

    @Test
    void onesOwnPasswordIsChangedAndOtherSessionsEnd() throws Exception {
        new DashboardUsers(rest).add("carl", "viewer");
        String other = rest.postJson("/api/v1/sessions", credentials("carl", DashboardUsers.PASSWORD))
                .json()
                .path("token")
                .asText();
        page.logIn("carl");
        page.go("/access?tab=me").sees("viewer everywhere").click("Change my password");
        page.fill("Present password", "wrong")
                .fill("New password", "a new and long one")
                .click("Change");
        page.sees("The present password is not right")
                .fill("Present password", DashboardUsers.PASSWORD)
                .click("Change")
                .sees("The password is changed");
        assertThat(RestClient.known(port, other).get("/api/v1/whoami").status()).isEqualTo(401);
        assertThat(session("carl", "a new and long one")).isEqualTo(201);
        page.click("Log out").sees("Log in");
        page.load("/graphs").sees("Log in");
    }

    @Test
    void aTokenOpensThePageToo() throws Exception {
        String token = rest.postJson("/api/v1/keys", "{\"name\":\"reader\"}")
                .json()
                .path("token")
                .asText();
        rest.postJson("/api/v1/grants", "{\"subject\":\"key:reader\",\"role\":\"viewer\"}");
        page.forgetSession()
                .go("/login")
                .click("With an API key or a token")
                .fill("Key or token", token)
                .click("Use it");
        page.sees("key:reader").go("/clusters").sees("c1").sees("live");
        // as many as a browser has connections to one server, and more
        for (int visit = 0; visit < 8; visit++) {
            page.load("/graphs").sees("live");
        }
        page.browser().run("sessionStorage.clear()");
    }

    @Test
    void aSessionIsEndedByAnother() throws Exception {
        new DashboardUsers(rest).add("dora", "viewer");
        String token = rest.postJson("/api/v1/sessions", credentials("dora", DashboardUsers.PASSWORD))
                .json()
                .path("token")
                .asText();
        page.go("/access?tab=sessions").clickIn("dora", "End").click("End").gone("dora");
        assertThat(RestClient.known(port, token).get("/api/v1/whoami").status()).isEqualTo(401);
    }

    @Test
    void limitsOfAProjectAreSetAndGivenBack() throws Exception {
        deploy("limited", "la");
        page.go("/quotas").clickIn("shop", "Set limits").fill("graphs", "40").sees("smo quota set shop graphs=40");
        page.click("Set").sees("its own");
        assertThat(rest.get("/api/v1/quotas/shop")
                        .json()
                        .at("/members/graphs/limit")
                        .asInt())
                .isEqualTo(40);
        page.click("Back to the default").click("Use the default").gone("its own");
    }

    @Test
    void aWebhookIsRegisteredPausedAndWhatWasNotDeliveredIsReplayed() throws Exception {
        page.go("/webhooks").click("Register a webhook").fill("Address", receiver.url());
        page.fill("Types", "hdag.*")
                .fill("Projects", "hooked")
                .click("Register")
                .sees("The secret of the webhook");
        receiver.secret(page.browser().text("dialog pre"));
        page.click("Close").click(receiver.url()).sees("Deliveries").hasNoBarrier();
        RestClient.Answer deployed = rest.postJson(
                "/api/v1/projects/hooked/graphs?wait=30", Descriptors.graph("h", Descriptors.service("ha")));
        assertThat(deployed.status()).as(deployed.text()).isLessThan(300);
        page.sees("hdag.deployed", "delivered");
        page.click("Pause").click("Pause").sees("paused");
        page.click("Resume").click("Resume").sees("active");
        receiver.goDown();
        rest.post("/api/v1/projects/hooked/graphs/h/stop");
        page.choose("Deliveries", "dead").sees("hdag.stopped", "dead");
        receiver.comeUp();
        page.click("Replay dead letters").click("Replay");
        Eventually.within(30, () -> receiver.deliveries(), deliveries -> assertThat(deliveries)
                .anySatisfy(delivery -> {
                    assertThat(delivery.event().path("type").asText()).isEqualTo("hdag.stopped");
                    assertThat(delivery.genuine()).isTrue();
                }));
        page.click("Remove").click("Remove").sees("Nobody is told of events");
        assertThat(rest.get("/api/v1/webhooks").json().path("items")).isEmpty();
    }

    @Test
    void aPluginComesIsUpgradedRolledBackStoppedAndRemoved() throws Exception {
        page.go("/plugins").click("Install a plugin").file("Bundle", TemplatePlugin.jar(PLUGIN, "1.0.0"));
        page.sees("smo plugin install").click("Install").sees(PLUGIN).sees("active");
        page.click(PLUGIN).sees("1.0.0", "Admission", "Conformance kit").hasNoBarrier();
        page.click("Upgrade")
                .file("Bundle", TemplatePlugin.jar(PLUGIN, "1.1.0"))
                .click("Upgrade");
        awaitPlugin("1.1.0", "ACTIVE");
        page.sees("Upgrade %s-1.1.0.jar: succeeded".formatted(PLUGIN));
        page.click("Roll back").click("Roll back");
        awaitPlugin("1.0.0", "ACTIVE");
        page.click("Stop").click("Stop");
        awaitPlugin("1.0.0", "STOPPED");
        page.click("Start").click("Start");
        awaitPlugin("1.0.0", "ACTIVE");
        page.click("Remove").fill("Type", PLUGIN).click("Remove");
        Eventually.within(60, () -> rest.get("/api/v1/plugins/" + PLUGIN).status(), status -> assertThat(status)
                .isEqualTo(404));
    }

    @Test
    void aStrategyIsEjectedLetInAndADefaultIsChanged() throws Exception {
        page.go("/strategies?q=spread")
                .sees("spread-out")
                .click("Details")
                .sees("Parameters")
                .click("Close");
        page.click("Eject").fill("Why", "too dear").sees("--why 'too dear'").click("Eject");
        Eventually.within(30, () -> find("/api/v1/strategies", "id", "spread-out"), strategy -> assertThat(
                        strategy.at("/standing/state").asText())
                .isEqualTo("EJECTED"));
        page.sees("too dear").click("Let in").click("Let in").gone("too dear");
        String before = initialPlacement();
        page.click("Change initialPlacement")
                .fill("Value", "greedy")
                .click("Set")
                .gone("Default initialPlacement");
        assertThat(initialPlacement()).isEqualTo("greedy");
        page.click("Change initialPlacement").fill("Value", before).click("Set").gone("Default initialPlacement");
        assertThat(initialPlacement()).isEqualTo(before);
    }

    @Test
    void anOperationThatWaitsIsCancelled() throws Exception {
        String[] huge = Stream.of("wa", "wb", "wc", "wd", "we", "wf", "wg", "wh")
                .map(id -> Descriptors.service(id, "1.0.0", "large"))
                .toArray(String[]::new);
        rest.postJson("/api/v1/projects/shop/graphs?wait=1", Descriptors.graph("huge", huge));
        page.go("/operations?graph=shop/huge").sees("pending");
        page.click("deploy")
                .sees("Cancel")
                .hasNoBarrier()
                .click("Cancel")
                .click("Cancel the operation")
                .sees("cancelled");
        Eventually.within(
                30, () -> rest.get("/api/v1/projects/shop/graphs/huge").status(), status -> assertThat(status)
                        .isEqualTo(404));
    }

    @Test
    void aKindThatABundleBringsHasItsPage() throws Exception {
        page.go("/plugins").click("Install a plugin");
        page.file("Bundle", Distribution.HOME.resolve("examples/dns-zones-1.0.0.jar"))
                .click("Install");
        Eventually.within(60, () -> rest.get("/api/v1/kinds/zone").status(), status -> assertThat(status)
                .isEqualTo(200));
        page.go("/kinds")
                .click("zone")
                .click("New zone")
                .fill("Name", "z.example")
                .fill("Project", "shop");
        page.fill("Desired state", "{\"nameServer\": 5}").click("Create").sees("nameServer");
        page.fill("Desired state", zone("192.0.2.1"))
                .click("Create")
                .sees("192.0.2.1", "ready")
                .hasNoBarrier();
        page.click("Edit")
                .fill("Desired state", zone("192.0.2.2"))
                .click("Apply")
                .sees("192.0.2.2");
        String path = "/api/v1/kinds/zone/resources/z.example?project=shop";
        Eventually.within(30, () -> rest.get(path).json(), zone -> {
            assertThat(zone.path("desired").toString()).contains("192.0.2.2");
            assertThat(zone.path("phase").asText()).isEqualTo("READY");
        });
        page.click("Edit");
        rest.put(path, "{\"desired\": %s}".formatted(zone("192.0.2.9")));
        page.fill("Desired state", zone("192.0.2.3")).click("Apply").sees("(412)");
        assertThat(rest.get(path).text()).contains("192.0.2.9");
        page.click("Cancel").sees("192.0.2.9");
        page.click("Remove")
                .hasNoBarrier()
                .fill("Type", "z.example")
                .click("Remove")
                .sees("There is none");
        assertThat(rest.get(path).status()).isEqualTo(404);
    }

    @Test
    void decisionsAreComparedAndThePastIsSeen() throws Exception {
        String first = clusterOf(deploy("past", "pa"), "pa");
        rest.postJson(
                "/api/v1/projects/shop/graphs/past/placement?wait=30", "{\"reason\":\"move\",\"services\":[\"pa\"]}");
        String second = Eventually.within(60, () -> clusterOf("past", "pa"), now -> assertThat(now)
                .isNotEqualTo(first)
                .isNotEmpty());
        page.go("/graphs/shop/past").sees("As it is now", second);
        for (int moment = 0; moment < MOST_MOMENTS && !page.shown().contains(first + "×1"); moment++) {
            page.browser().run("""
                    const slider = document.querySelector('input[type=range]');
                    slider.value = arguments[0];
                    slider.dispatchEvent(new Event('input', {bubbles: true}));""", moment);
            page.sees("As it was at").settled();
        }
        String then = page.sees(first + "×1").browser().address();
        assertThat(then).contains("at=");
        page.click("Now").sees("As it is now");
        page.browser().go(then);
        page.sees("As it was at", first + "×1");
        page.go("/graphs/shop/past?at=2001-01-01T00:00:00Z").sees("is not on record; this is how it is now");
        page.go("/graphs/shop/past?tab=decisions&kind=placement").sees("Details");
        page.click("Details").sees("Compare with another decision");
        page.browser().click("//select[option[normalize-space()='none']]/option[2]");
        page.sees("This one against that of", "other place").hasNoBarrier();
        assertThat(page.browser().address()).contains("compare=");
    }

    @Test
    void aDescriptorComesFromAFile() throws Exception {
        Path file = Files.writeString(Distribution.freshFolder("descriptor").resolve("filed.yaml"), """
                id: filed
                services:
                  - id: fx
                    deployment: {trigger: {auto: {}}, intent: {compute: {cpu: light, ram: light}}}
                    artifact: {ociImage: 'oci://registry.example/samples/any:1.0.0', ociConfig: {type: App, implementer: HELM}}
                """);
        page.load("/deploy").fill("Project", "shop").file("Or a file", file).sees("The descriptor is valid");
        page.click("Show the plan").sees("it fits").click("Apply this plan").sees("filed", "running");
        page.load("/deploy").choose("From", "a registry").fill("Reference", "oci://127.0.0.1:9/graphs/none:1.0.0");
        page.click("Show the plan").sees("127.0.0.1:9");
        assertThat(page.browser().count("[role=alert]")).isEqualTo(1);
    }

    @Test
    void servicesArePlacedElsewhere() throws Exception {
        String first = clusterOf(deploy("moving", "ma"), "ma");
        page.go("/graphs/shop/moving").click("Place anew").check("ma").click("Show the plan");
        page.sees("1 moved").click("Apply this plan");
        String second = Eventually.within(60, () -> clusterOf("moving", "ma"), now -> assertThat(now)
                .isNotEqualTo(first)
                .isNotEmpty());
        settled("moving");
        page.go("/graphs/shop/moving").sees(second).click("Place anew");
        page.choose("Offload to this cluster", first).click("Show the plan").sees("1 moved");
        page.click("Apply this plan");
        Eventually.within(
                60, () -> clusterOf("moving", "ma"), now -> assertThat(now).isEqualTo(first));
    }

    @Test
    void whatWasChangedOutsideIsShownAndRepaired() throws Exception {
        deploy("outside", "oa");
        page.go("/graphs/shop/outside").click("Pause").click("Pause").sees("paused");
        rest.postJson("/lab/tamper", "{\"project\":\"shop\",\"service\":\"oa\",\"what\":\"values\"}");
        page.sees("Changed outside: values of oa")
                .click("Repair")
                .click("Repair")
                .gone("Changed outside");
        assertThat(rest.get("/api/v1/projects/shop/graphs/outside").json().path("drift"))
                .isEmpty();
    }

    @Test
    void aShadowIsStoppedAndThePastIsDecidedAgain() throws Exception {
        deploy("shadowed", "sa");
        page.go("/shadows")
                .click("Start a shadow")
                .choose("Strategy", "consolidate")
                .fill("Of a graph", "shop");
        page.click("Start")
                .sees("consolidate in the shadow", "shop")
                .click("Stop")
                .click("Stop")
                .sees("No shadow runs");
        assertThat(rest.get("/api/v1/shadows").json().path("items")).isEmpty();
        page.click("Replay the past").choose("Strategy", "greedy").sees("smo replay --since 1h --strategy greedy");
        page.click("Replay").sees("Replay of", "Identical");
        String replay = page.browser().address().replaceFirst(".*/replay/", "/api/v1/replays/");
        Eventually.within(60, () -> rest.get(replay).json(), done -> {
            assertThat(done.path("strategy").asText()
                            + done.at("/question/strategy").asText())
                    .contains("greedy");
            assertThat(done.path("replayed").asInt()).isPositive();
        });
    }

    @Test
    void aGrantThatNeedsTwoCountsWhenTheSecondAgrees() throws Exception {
        new DashboardUsers(rest).add("emil", "viewer");
        page.go("/access").click("Grant a role").fill("Who", "emil").choose("Role", "operator");
        page.check("Counts only when")
                .sees("smo grant add emil operator --consent")
                .click("Grant");
        page.sees("waits for consent");
        new DashboardUsers(rest).add("frida", "admin");
        page.logIn("frida");
        page.go("/access").click("Consent").click("Consent").gone("waits for consent");
    }

    @Test
    void aGraphIsFoundByKeysAndTheColoursAreChosen() throws Exception {
        deploy("found-by-keys", "ka");
        page.go("/").browser().type("body", "/");
        page.browser().type("#find", "found-by-keys\uE007");
        page.sees("found-by-keys");
        assertThat(page.browser().address()).contains("found-by-keys");
        String before = theme();
        page.click("Light or dark");
        assertThat(theme()).isNotEqualTo(before);
        page.load("/events").sees("live");
        assertThat(theme()).as("kept").isNotEqualTo(before);
        page.click("Light or dark");
    }

    private static String theme() throws Exception {
        return page.browser()
                .run("return getComputedStyle(document.body).backgroundColor")
                .asText();
    }

    @Test
    void eventsAreHeldFilteredAndGoBackToTheOldest() throws Exception {
        deploy("eventful", "ea");
        page.go("/events?types=hdag.*&project=shop&q=eventful")
                .sees("hdag.deployed")
                .click("Hold");
        rest.post("/api/v1/projects/shop/graphs/eventful/stop?wait=30");
        page.await("events that wait", shown -> shown.matches("(?s).*; [1-9]\\d* wait.*"));
        assertThat(page.shown()).doesNotContain("hdag.stopped");
        page.click("Go on").sees("hdag.stopped");
        page.click("hdag.stopped").sees("hdag.stopped");
        assertThat(page.browser().address()).contains("types=hdag.stopped", "q=eventful");
    }

    private static void settled(String graph) throws Exception {
        Eventually.within(
                60,
                () -> rest.get("/api/v1/operations?open=true&graph=shop/" + graph)
                        .json(),
                open -> assertThat(open.path("items")).isEmpty());
    }

    private static String zone(String address) {
        return "{\"nameServer\": \"ns.example\", \"records\": [{\"name\": \"web\", \"address\": \"%s\"}]}"
                .formatted(address);
    }

    private static void awaitPlugin(String version, String state) throws Exception {
        Eventually.within(60, () -> rest.get("/api/v1/plugins/" + PLUGIN).json(), plugin -> assertThat(
                        StreamSupport.stream(plugin.path("versions").spliterator(), false)
                                .filter(each -> each.path("version").asText().equals(version))
                                .map(each -> each.path("state").asText()))
                .as(plugin.toString())
                .containsExactly(state));
    }

    private static JsonNode find(String path, String member, String value) throws Exception {
        for (JsonNode item : rest.get(path).json().path("items")) {
            if (item.path(member).asText().equals(value)) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    private static String initialPlacement() throws Exception {
        return find("/api/v1/defaults", "key", "initialPlacement").path("value").asText();
    }

    private static String deploy(String name, String service) throws Exception {
        RestClient.Answer answer = rest.postJson(
                "/api/v1/projects/shop/graphs?wait=30", Descriptors.graph(name, Descriptors.service(service)));
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
        return name;
    }

    private static String clusterOf(String graph, String service) throws Exception {
        return rest.get("/api/v1/projects/shop/graphs/" + graph)
                .json()
                .at("/placement/%s/0/cluster".formatted(service))
                .asText();
    }

    private static int session(String user, String password) throws Exception {
        return rest.postJson("/api/v1/sessions", credentials(user, password)).status();
    }

    private static String credentials(String user, String password) {
        return "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
    }
}
