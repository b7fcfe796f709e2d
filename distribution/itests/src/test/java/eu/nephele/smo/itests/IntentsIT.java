// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each intent of the product, in a server with a simulated federation: a graph of the services web and db, where web calls db, with which
 * it changes where or how they run, and one in which it cannot be kept. Without intents both go to a1.
 */
class IntentsIT {

    private static final long PATIENCE_SECONDS = 60;

    /**
     * d1 belongs to the project bank. Nobody measures latencies of b2 and c1; a1 and a2 are near each other, b1 is far. The least carbon
     * is on c1, without much renewable energy; that is on b1.
     */
    private static final String SCENARIO = """
            name: intents
            startupDelayMillis: 100
            clusters:
              - {name: a1, cpuCores: 8, memoryGib: 64, storageGib: 1000, location: ghent, carbonGramsPerKwh: 500, renewableShare: 0.1, pricePerCpuHour: 0.10,
                 labels: {topology.kubernetes.io/region: be, topology.kubernetes.io/zone: be-1}}
              - {name: a2, cpuCores: 8, memoryGib: 64, storageGib: 1000, location: mons, carbonGramsPerKwh: 400, renewableShare: 0.2, pricePerCpuHour: 0.08,
                 labels: {topology.kubernetes.io/region: be, topology.kubernetes.io/zone: be-1, smo.nephele.eu/security-zone: red, device.smo.nephele.eu/camera: "yes"}}
              - {name: b1, cpuCores: 8, memoryGib: 64, storageGib: 1000, location: essen, carbonGramsPerKwh: 50, renewableShare: 0.9, pricePerCpuHour: 0.02,
                 labels: {topology.kubernetes.io/region: de, topology.kubernetes.io/zone: de-1, smo.nephele.eu/country: DE, tier: gold}}
              - {name: b2, cpuCores: 8, memoryGib: 64, storageGib: 1000, location: bonn, carbonGramsPerKwh: 450, renewableShare: 0.3, pricePerCpuHour: 0.09,
                 labels: {topology.kubernetes.io/region: de, topology.kubernetes.io/zone: be-1, smo.nephele.eu/country: de}}
              - {name: c1, cpuCores: 8, memoryGib: 64, storageGib: 1000, location: lyon, carbonGramsPerKwh: 20, renewableShare: 0.2, pricePerCpuHour: 0.11}
              - {name: d1, cpuCores: 8, memoryGib: 64, storageGib: 1000, location: bern,
                 labels: {smo.nephele.eu/dedicated-to: bank}}
            latencyMillis:
              a1: {a2: 3, b1: 40}
              a2: {b1: 40}
            """;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static Settings settings;
    private static ServerProcess server;
    private static RestClient client;
    private static Path rules;

    @BeforeAll
    static void start() throws Exception {
        int port = Distribution.freePort();
        settings = Settings.fresh().file("world.yaml", SCENARIO);
        settings.with(
                "eu.nephele.smo.lab.simulator", "scenario=" + settings.data().resolve("world.yaml"));
        rules = Files.createDirectory(settings.data().resolve("etc/intents"));
        server = ServerProcess.ready(port, settings.data());
        client = new RestClient(port);
        // a graph that others refer to
        deploy("shop", graph("base", "{}", service("store", "'location':{'clusters':['b1']}")));
        running("shop", "base");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @ParameterizedTest(name = "{0}{1}{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // graph                                                    | web                              | db
                //                   | where they run
                "                                                           |                                  |                           | web a1, db a1",
                "'security':{'enabled':true,'zone':'red'}                   |                                  |                           | web a2, db a2",
                "                                                           | 'location':{'clusters':['a2']}   |                           | web a2, db a1",
                "'security':{'enabled':true}                                | 'location':{'clusters':['a2']}   |                           | web a2, db a2",
                "                                                           | 'location':{'clusters':['b1']}   |                           | web b1, db a1",
                "'highPerformance':{'enabled':true}                         | 'location':{'clusters':['b1']}   |                           | web b1, db b1",
                "                                                           | 'location':{'clusters':['b2']}   | 'location':{'excludeClusters':['a1']} | web b2, db a2",
                "'highPerformance':{'enabled':true,'qos':'ultralow'}        | 'location':{'clusters':['b2']}   | 'location':{'excludeClusters':['a1']} | web b2, db b2",
                "'energyEfficiency':{'enabled':true}                        |                                  |                           | web c1, db c1",
                "'energy_preference':'low_carbon'                           |                                  |                           | web c1, db c1",
                "'energy_preference':'renewable_high'                       |                                  |                           | web b1, db b1",
                "'energy_preference':'renewable_only'                       |                                  |                           | web b1, db b1",
                "'offload_policy':'cost_saving'                             |                                  |                           | web b1, db b1",
                "'offload_policy':'consolidate'                             |                                  |                           | web b1, db b1",
                "'offload_policy':'aggressive_cost_saving'                  |                                  |                           | web b1, db b1",
                "'offload_policy':{'policy':'none','to':{'tier':'gold'}}    |                                  |                           | web b1, db b1",
                "'pricePreference':'high'                                   |                                  |                           | web b1, db b1",
                "'pricePreference':{'maxPerCpuHour':0.05}                   |                                  |                           | web b1, db b1",
                "'regionPreference':['de']                                  |                                  |                           | web b1, db b1",
                "'dataResidency':{'countries':['de'],'exclude':['bonn']}    |                                  |                           | web b1, db b1",
                "                                                           | 'dataResidency':['de']           |                           | web b1, db a1",
                "                                                           | 'location':{'clusters':['b1']},'network':{'latencies':[{'connectionPoint':'db','qos':'ultralow'}]} | | web b1, db b1",
                "                                                           | 'location':{'clusters':['b2']},'network':{'latencies':[{'connectionPoint':'db','qos':'low'}]}      | 'location':{'excludeClusters':['a1']} | web b2, db a2",
                "                                                           | 'location':{'clusters':['b1']},'network':{'latencies':[{'connectionPoint':'db','maxMillis':39}]}   | | web b1, db b1",
                "                                                           | 'network':{'deviceProximity':{'enabled':true,'device':'camera'}} |   | web a2, db a1",
                "                                                           | 'network':{'deviceProximity':{'enabled':true,'location':'de','required':true}} | | web b1, db a1",
                "                                                           | 'location':{'clusters':['b1']},'coLocation':['db'] |                 | web b1, db b1",
                "                                                           | 'coLocation':[{'id':'store','groundedGraphId':'base'}] |             | web b1, db a1",
                "                                                           | 'antiAffinity':['db']            |                           | web a1, db a2",
                "                                                           | 'compute':{'cpu':'large'}        |                           | web a1, db a2",
                "                                                           | 'spread':{'overClusters':2}      |                           | web a1 a2, db a1"
            })
    void anIntentChangesWhereServicesRun(String ofGraph, String ofWeb, String ofDb, String where) throws Exception {
        String name = "g" + NUMBER.incrementAndGet();
        deploy("shop", graph(name, "{%s}".formatted(text(ofGraph)), web(name, ofWeb), service(db(name), ofDb)));
        running("shop", name);
        assertThat(places(name)).isEqualTo(where);
        remove("shop", name);
    }

    @Test
    void isolationUsesClustersThatAreDedicatedToTheProject() throws Exception {
        deploy(
                "bank",
                graph(
                        "vault",
                        "{'security':{'enabled':true,'isolation':true}}",
                        web("vault", ""),
                        service(db("vault"), "")));
        running("bank", "vault");
        assertThat(places("vault")).isEqualTo("web d1, db d1");
        remove("bank", "vault");
    }

    @ParameterizedTest(name = "{0}{1}{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'security':{'enabled':true,'zone':'blue'}     |                                | | security: only in the security zone blue",
                "'security':{'enabled':true,'isolation':true}  |                                | | security: only on clusters that are dedicated to project shop",
                "'security':{'enabled':true}                   | 'location':{'clusters':['a2']} | 'location':{'clusters':['a1']} | security: all services in one security zone",
                "'highPerformance':{'enabled':true}            | 'location':{'clusters':['b1']} | 'location':{'clusters':['a1']} | latency",
                "'energy_preference':'renewable_only'          | 'location':{'clusters':['a1']} | | energy_preference: only with at least 50 % renewable energy",
                "'pricePreference':{'maxPerCpuHour':0.01}      |                                | | pricePreference: at most 0.01 for a core and hour",
                "'dataResidency':['jp']                        |                                | | dataResidency: only in jp",
                "                                              | 'location':{'clusters':['b1']},'network':{'latencies':[{'connectionPoint':'db','qos':'low'}]} | 'location':{'clusters':['a1']} | latency",
                "                                              | 'network':{'deviceProximity':{'enabled':true,'device':'drone','required':true}} | | deviceProximity: near device drone",
                "                                              | 'location':{'clusters':['b1']},'coLocation':['db'] | 'location':{'clusters':['a1']} | together web",
                "                                              | 'location':{'clusters':['a1']},'antiAffinity':['db'] | 'location':{'clusters':['a1']} | apart web",
                "                                              | 'location':{'clusters':['a1']},'spread':{'overClusters':2} | | the division of web",
                "                                              | 'location':{'clusters':['a1']},'compute':{'cpu':'large'} | 'location':{'clusters':['a1']},'compute':{'cpu':'large'} | cpu",
                "'highAvailability':{'enabled':true,'minReplicasOverall':3} | 'compute':{'cpu':'large'} | 'compute':{'cpu':'large'} | cpu",
                "'security':{'enabled':true}                    | 'location':{'clusters':['a1','a2']},'spread':{'overClusters':2} | 'location':{'clusters':['a1']} | security: all services in one security zone",
                "'dataResidency':{'countries':['be']}           |                                | | dataResidency: only in be",
                "'dataResidency':{'exclude':['DE']}             |                                | | dataResidency: not in DE",
                "                                              | 'location':{'clusters':['nowhere']} | | location: only on nowhere",
                "                                              | 'location':{'excludeClusters':['a1','a2','b1','b2','c1','d1']} | | location: not on",
                "                                              | 'coLocation':[{'id':'x','groundedGraphId':'nowhere'}] | | has to be next to service x of graph nowhere, which is placed nowhere"
            })
    void aHardPartThatCannotBeKeptMakesTheGraphInfeasibleWithTheReason(
            String ofGraph, String ofWeb, String ofDb, String reason) throws Exception {
        String name = "g" + NUMBER.incrementAndGet();
        deploy("shop", graph(name, "{%s}".formatted(text(ofGraph)), web(name, ofWeb), service(db(name), ofDb)));
        Eventually.within(PATIENCE_SECONDS, () -> api("shop").graph(name), graph -> {
            assertThat(graph.path("phase").asText()).isEqualTo("PENDING");
            assertThat(condition(graph, "Placed")).contains(reason);
        });
        remove("shop", name);
    }

    @ParameterizedTest(name = "{0}{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'energy_preference':'renewable_high'       | given up: energy_preference: rather with at least 50 % renewable energy; web is on a1",
                "'regionPreference':['de','fr']             | given up: regionPreference: rather in de; web is on a1",
                "'offload_policy':{'policy':'none','to':{'tier':'gold'}} | given up: offload_policy: rather on clusters with {tier=gold}; web is on a1"
            })
    void aPreferenceThatCannotBeKeptIsGivenUpAndTold(String ofGraph, String told) throws Exception {
        String name = "g" + NUMBER.incrementAndGet();
        String here = "'location':{'clusters':['a1']}";
        deploy("shop", graph(name, "{%s}".formatted(ofGraph), web(name, here), service(db(name), here)));
        JsonNode graph = running("shop", name);
        String expected = told.replace("; web is", "; web-" + name + " is");
        assertThat(condition(graph, "IntentsHonoured")).contains(expected);
        assertThat(givenUp(name, "web-" + name)).contains(expected);
        remove("shop", name);
    }

    @Test
    void aDeviceThatNobodyKnowsIsToldAndTheServiceRuns() throws Exception {
        deploy("shop", graph("far", "{}", service("cam", "'network':{'deviceProximity':{'enabled':true}}")));
        assertThat(condition(running("shop", "far"), "IntentsHonoured"))
                .isEqualTo("given up: deviceProximity: near device cam, on a cluster with the label"
                        + " device.smo.nephele.eu/cam; cam is on a1");
        remove("shop", "far");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'energyEfficiency':{'enabled':true}         | carbon        | c1",
                "'offload_policy':'cost_saving'              | price         | b1",
                "'pricePreference':'medium'                  | price         | b1"
            })
    void anObjectiveThatAnIntentWeighsAndAnotherPlaceWouldServeBetterIsTold(
            String ofGraph, String objective, String better) throws Exception {
        String name = "g" + NUMBER.incrementAndGet();
        String here = "'location':{'clusters':['a1']}";
        deploy("shop", graph(name, "{%s}".formatted(ofGraph), web(name, here), service(db(name), here)));
        running("shop", name);
        assertThat(givenUp(name, "web-" + name))
                .singleElement()
                .asString()
                .startsWith("given up: the least %s, which an intent weighs: ".formatted(objective))
                .endsWith(" on " + better);
        remove("shop", name);
    }

    /** The db had rather be in be, 40 ms from b1: that is worth more than little traffic, and less than much. */
    @ParameterizedTest
    @CsvSource({"1, web b1 and db a1", "1000, web b1 and db b1"})
    void theTrafficOfALinkSaysHowMuchItsLatencyCounts(int traffic, String where) throws Exception {
        String name = "g" + NUMBER.incrementAndGet();
        String web = "'location':{'clusters':['b1']},'network':{'traffic':{'db':%d}}".formatted(traffic);
        String weighed =
                "\"strategies\":{\"placement\":{\"id\":\"auto\",\"objectives\":{\"moves\":1,\"latency\":0.1}}},";
        deploy(
                "shop",
                graph(name, "{}", web(name, web), service(db(name), "'regionPreference':['be']"))
                        .replace("\"services\"", weighed + "\"services\""));
        running("shop", name);
        assertThat(places(name)).isEqualTo(where.replace(" and", ","));
        remove("shop", name);
    }

    @Test
    void trafficThatCannotBeKeptNearIsToldAndTrafficToNobodyIsRefused() throws Exception {
        assertThat(refused(web("odd", "'network':{'traffic':{'dc':1}}"), service(db("odd"), "")))
                .contains("/hdaGraph/services/0/deployment/intent/network/traffic/dc", "no service of this graph");
        links(0.1);
        String web = "'location':{'clusters':['b1']},'network':{'traffic':{'db':1000}}";
        Eventually.within(PATIENCE_SECONDS, () -> givenUpFar(web), told -> assertThat(told)
                .startsWith("given up: the least latency, which an intent weighs: "));
        links(0);
    }

    /** Where links are weighed, a service is near those that it calls; else they stay where they would be without. */
    @Test
    void connectionPointsKeepServicesNearEachOtherWhereLinksAreWeighed() throws Exception {
        assertThat(whereWithAFarWeb()).isEqualTo("web b1, db a1");
        links(0.1);
        Eventually.within(PATIENCE_SECONDS, IntentsIT::whereWithAFarWeb, where -> assertThat(where)
                .isEqualTo("web b1, db b1"));
        links(0);
        Eventually.within(PATIENCE_SECONDS, IntentsIT::whereWithAFarWeb, where -> assertThat(where)
                .isEqualTo("web b1, db a1"));
    }

    @ParameterizedTest
    @CsvSource({"ghost, no service of this graph is called `ghost`", "db-odd, refers to itself"})
    void aConnectionPointThatIsNoOtherServiceIsRefused(String point, String why) throws Exception {
        assertThat(refused(service("web-odd", ""), service("db-odd", "'connectionPoints':['%s']".formatted(point))))
                .contains("/hdaGraph/services/1/deployment/intent/connectionPoints/0", why);
    }

    @Test
    void aServiceThatDependsOnAnotherOneStartsAfterIt() throws Exception {
        String event =
                "'event':{'condition':'ANY','events':[{'id':'full','condition':{'promQuery':'queue_full == 1','gracePeriod':'1s','description':'full'}}]}";
        String db = service("db-late", "").replace("'auto':{}", event);
        deploy("shop", graph("late", "{}", after("web-late", "db-late"), service("free-late", ""), db));
        Eventually.within(PATIENCE_SECONDS, () -> World.of(client), world -> assertThat(world.ready())
                .containsEntry("free-late", 1));
        assertThat(World.of(client).ready()).doesNotContainKeys("web-late", "db-late");

        String alert =
                "{'version':'4','status':'firing','alerts':[{'status':'firing','labels':{'alertname':'full','service':'db-late'}}]}";
        assertThat(client.postJson("/alerts", alert.replace('\'', '"')).status())
                .isEqualTo(200);
        running("shop", "late");
        assertThat(World.of(client).ready())
                .containsEntry("db-late", 1)
                .containsEntry("web-late", 1)
                .containsEntry("free-late", 1);
        remove("shop", "late");
    }

    @Test
    void dependenciesThatCannotBeKeptAreRefusedWithTheirPlace() throws Exception {
        assertThat(refused(after("web-odd", "db-odd"), after("db-odd", "web-odd")))
                .contains(
                        "/hdaGraph/services/0/deployment/trigger/auto/dependencies",
                        "the services wait for each other: web-odd -> db-odd -> web-odd");
        assertThat(refused(after("web-odd", "ghost"), service("db-odd", "")))
                .contains(
                        "/hdaGraph/services/0/deployment/trigger/auto/dependencies/0",
                        "no service of this graph is called `ghost`");
    }

    @Test
    void aServiceFollowsTheOneOfAnotherGraphAndTellsWhereItCannot() throws Exception {
        deploy("shop", graph("anchor", "{}", service("mast", "")));
        running("shop", "anchor");
        String beside = "'coLocation':[{'id':'mast','groundedGraphId':'anchor'}]";
        deploy("shop", graph("follows", "{}", web("follows", beside), service(db("follows"), "")));
        deploy(
                "shop",
                graph("tied", "{}", web("tied", "'location':{'clusters':['a1']}," + beside), service(db("tied"), "")));
        running("shop", "follows");
        running("shop", "tied");
        assertThat(places("follows")).isEqualTo("web a1, db a1");

        assertThat(client.postJson(
                                "/api/v1/projects/shop/graphs/anchor/placement?wait=30",
                                "{\"reason\":\"offload\",\"target\":\"b1\"}")
                        .status())
                .isIn(200, 202);
        Eventually.within(PATIENCE_SECONDS, () -> places("follows"), where -> assertThat(where)
                .isEqualTo("web b1, db a1"));
        Eventually.within(PATIENCE_SECONDS, () -> api("shop").graph("tied"), graph -> assertThat(
                        condition(graph, "IntentsHonoured"))
                .isEqualTo(
                        "not kept: has to be next to service mast of graph anchor, which is on b1; web-tied is on a1"));
        assertThat(running("shop", "tied").path("phase").asText()).isEqualTo("RUNNING");
        List.of("follows", "tied", "anchor").forEach(name -> Unchecked.run(() -> remove("shop", name)));
    }

    @Test
    void aHighlyAvailableGraphIsNotMovedByAPlacementCall() throws Exception {
        deploy(
                "shop",
                graph(
                        "ha",
                        "{'highAvailability':{'enabled':true,'minReplicasOverall':3}}",
                        web("ha", ""),
                        service(db("ha"), "")));
        running("shop", "ha");
        assertThat(client.postJson("/api/v1/projects/shop/graphs/ha/placement", "{}")
                        .status())
                .isEqualTo(409);
        assertThat(World.of(client).ready()).containsEntry("web-ha", 2).containsEntry("db-ha", 1);
        remove("shop", "ha");
    }

    @Test
    void intentsThatContradictEachOtherAreRefusedAtTheLaterOne() throws Exception {
        RestClient.Answer answer = client.postJson(
                "/api/v1/projects/shop/graphs",
                graph("odd", "{}", web("odd", "'coLocation':['db'],'antiAffinity':['db']"), service(db("odd"), "")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text())
                .contains("/hdaGraph/services/0/deployment/intent/antiAffinity")
                .contains("contradicts another intent");
    }

    @Test
    void anIntentThatNobodyHandlesIsRefusedWithTheKnownOnes() throws Exception {
        RestClient.Answer answer = client.postJson(
                "/api/v1/projects/shop/graphs",
                graph("odd", "{'energy_preferenc':'none'}", web("odd", ""), service(db("odd"), "")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text())
                .contains("energy_preference")
                .contains("offload_policy")
                .contains("security");
    }

    @Test
    void aRuleFileDefinesAnIntentAndChangesItWithoutARestart() throws Exception {
        String descriptor = graph("tiered", "{'acme.tier':'gold'}", web("tiered", ""), service(db("tiered"), ""));
        assertThat(client.postJson("/api/v1/projects/shop/graphs", descriptor).status())
                .isEqualTo(400);

        rule("allow: { labels: { tier: gold } }");
        Eventually.within(PATIENCE_SECONDS, () -> client.get("/api/v1/intents"), intents -> assertThat(intents.text())
                .contains("acme.tier"));
        assertThat(client.postJson("/api/v1/projects/shop/graphs", descriptor.replace("gold", "glod"))
                        .status())
                .isEqualTo(400);
        deploy("shop", descriptor);
        running("shop", "tiered");
        assertThat(places("tiered")).isEqualTo("web b1, db b1");

        rule("alow: { locations: [ mons ] }");
        Eventually.within(PATIENCE_SECONDS, IntentsIT::health, text -> assertThat(text)
                .contains("acme.yaml is refused, what it said before stays in force: /intents/0/rules/0"));
        deploy("shop", graph("still", "{'acme.tier':'gold'}", web("still", ""), service(db("still"), "")));
        running("shop", "still");
        assertThat(places("still")).isEqualTo("web b1, db b1");

        rule("allow: { locations: [ mons ] }");
        Eventually.within(
                PATIENCE_SECONDS, IntentsIT::health, text -> assertThat(text).doesNotContain("acme.yaml"));
        remove("shop", "still");
        deploy("shop", graph("moved", "{'acme.tier':'gold'}", web("moved", ""), service(db("moved"), "")));
        running("shop", "moved");
        assertThat(places("moved")).isEqualTo("web a2, db a2");
        Eventually.within(PATIENCE_SECONDS, () -> api("shop").graph("tiered"), graph -> assertThat(
                        condition(graph, "IntentsHonoured"))
                .contains("not kept: acme.tier: only in mons; web-tiered is on b1"));
        assertThat(places("tiered")).as("a changed rule moves nothing").isEqualTo("web b1, db b1");

        rule("allow: { locations: [ nowhere ] }");
        Eventually.within(PATIENCE_SECONDS, IntentsIT::refusedByTheRule, reason -> assertThat(reason)
                .contains("acme.tier: only in nowhere"));
        List.of("tiered", "moved", "lost").forEach(name -> Unchecked.run(() -> remove("shop", name)));
    }

    /** What is read meanwhile decides: a graph that came too early is asked for again. */
    private static String refusedByTheRule() throws Exception {
        client.delete("/api/v1/projects/shop/graphs/lost?wait=30");
        client.postJson(
                "/api/v1/projects/shop/graphs?wait=10",
                graph("lost", "{'acme.tier':'gold'}", web("lost", ""), service(db("lost"), "")));
        return condition(api("shop").graph("lost"), "Placed");
    }

    /** Read within two seconds. */
    private static void links(double weight) {
        settings.with("eu.nephele.smo.intents.latency", "linkWeight=" + weight);
    }

    private static String whereWithAFarWeb() throws Exception {
        String name = "g" + NUMBER.incrementAndGet();
        deploy("shop", graph(name, "{}", web(name, "'location':{'clusters':['b1']}"), service(db(name), "")));
        running("shop", name);
        String where = places(name);
        remove("shop", name);
        return where;
    }

    /** What the db of a graph gives up that has to be far from its web; "" for nothing. */
    private static String givenUpFar(String ofWeb) throws Exception {
        String name = "g" + NUMBER.incrementAndGet();
        deploy("shop", graph(name, "{}", web(name, ofWeb), service(db(name), "'location':{'clusters':['a1']}")));
        running("shop", name);
        String told = String.join("; ", givenUp(name, db(name)));
        remove("shop", name);
        return told;
    }

    /** Of a graph that is refused. */
    private static String refused(String... services) throws Exception {
        RestClient.Answer answer = client.postJson("/api/v1/projects/shop/graphs", graph("odd", "{}", services));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        return answer.text();
    }

    private static String after(String service, String other) {
        return service(service, "").replace("'auto':{}", "'auto':{'dependencies':['%s']}".formatted(other));
    }

    private static void rule(String then) throws Exception {
        Files.writeString(rules.resolve("acme.yaml"), """
                intents:
                  - name: acme.tier
                    value: { enum: [ gold, silver ] }
                    rules:
                      - when: gold
                        %s
                """.formatted(then));
    }

    private static String health() throws Exception {
        return client.get("/health/ready").text();
    }

    private interface Unchecked {
        void call() throws Exception;

        static void run(Unchecked task) {
            try {
                task.call();
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }
    }

    private static NativeApi api(String project) {
        return new NativeApi(client, project);
    }

    private static void deploy(String project, String descriptor) throws Exception {
        api(project).deploy(descriptor);
    }

    private static void remove(String project, String graph) throws Exception {
        assertThat(client.delete("/api/v1/projects/%s/graphs/%s?wait=30".formatted(project, graph))
                        .status())
                .isIn(200, 202, 204);
    }

    private static JsonNode running(String project, String graph) throws Exception {
        return Eventually.within(PATIENCE_SECONDS, () -> api(project).graph(graph), seen -> assertThat(
                        seen.path("phase").asText())
                .as(seen.toString())
                .isEqualTo("RUNNING"));
    }

    /** By the world itself. */
    private static String places(String graph) throws Exception {
        World world = World.of(client);
        return "web %s, db %s"
                .formatted(
                        String.join(" ", world.placesOf("web-" + graph)),
                        String.join(" ", world.placesOf("db-" + graph)));
    }

    private static String condition(JsonNode graph, String type) {
        Map<String, String> messages = new TreeMap<>();
        graph.path("conditions")
                .forEach(condition -> messages.put(
                        condition.path("type").asText(),
                        condition.path("message").asText()));
        return messages.getOrDefault(type, "");
    }

    private static List<String> givenUp(String graph, String service) throws Exception {
        JsonNode explanation = client.get(
                        "/api/v1/projects/shop/graphs/%s/services/%s/explanation".formatted(graph, service))
                .json();
        JsonNode texts = explanation.at("/placement/givenUp").isMissingNode()
                ? explanation.path("givenUp")
                : explanation.at("/placement/givenUp");
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String text(String members) {
        return members == null ? "" : members;
    }

    private static String db(String graph) {
        return "db-" + graph;
    }

    /** It calls the db of its graph, and intents name that as db. */
    private static String web(String graph, String intents) {
        String calls = "'connectionPoints':['%s']".formatted(db(graph));
        String own = text(intents).replace("'db'", "'%s'".formatted(db(graph)));
        return service("web-" + graph, own.isEmpty() ? calls : own + "," + calls);
    }

    private static String service(String id, String intents) {
        String own = text(intents).contains("'compute'")
                ? intents
                : "'compute':{'cpu':'light','ram':'light'}," + text(intents);
        return """
                {'id':'%s','deployment':{'trigger':{'auto':{}},'intent':{%s}},\
                'artifact':{'ociImage':'oci://registry.example/samples/any:1.0.0','ociConfig':{'type':'App','implementer':'HELM'}}}""".formatted(id, own.replaceAll(",$", ""));
    }

    private static String graph(String id, String intents, String... services) {
        return "{'hdaGraph':{'id':'%s','hdaGraphIntent':%s,'services':[%s]}}"
                .formatted(id, intents, String.join(",", services))
                .replace('\'', '"');
    }
}
