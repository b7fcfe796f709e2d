// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import eu.nephele.smo.lab.harness.scale.figures.Model;
import eu.nephele.smo.lab.harness.scale.figures.ModelParameters;
import java.util.List;

/** Figures that grow with the fleet and need no simulation: figure per unit, times number of units. */
final class Sizing {

    private static final double KILO = 1000;
    private static final double SECONDS_PER_DAY = 86_400;

    private final Model model;
    private final ScaleOptions.Size size;
    private final double deploymentsPerSecond;

    record Figure(String name, String what, double value, String unit, String how) {}

    Sizing(Model model, ScaleOptions.Size size, double deploymentsPerSecond) {
        this.model = model;
        this.size = size;
        this.deploymentsPerSecond = deploymentsPerSecond;
    }

    List<Figure> figures() {
        ModelParameters of = model.parameters();
        double graphs = size.graphs();
        double services = size.services();
        double region = (double) size.clusters() / Math.min(size.clusters(), of.value("regions"));
        double factor = model.costs().postgresqlShare() * of.value("costFactor");
        double looks = graphs / of.value("driftSeconds");
        double objects = services * of.value("objectsPerService");
        double pages = Math.ceil(objects / of.value("objectsPerPage"));
        double namesPerQuery = Math.floor(of.value("queryCharacters") / of.value("serviceNameCharacters"));
        double changes = graphs * of.value("changesPerGraphAndDay");
        return List.of(
                new Figure(
                        "graphCpuMillisAllClusters",
                        "processor time of a graph, all clusters in view",
                        factor * model.costs().graphMillis(size.perGraph(), size.clusters()),
                        "ms",
                        "costs, PostgreSQL's own beside it"),
                new Figure(
                        "graphCpuMillisOneRegion",
                        "processor time of a graph, one region in view",
                        factor * model.costs().graphMillis(size.perGraph(), region),
                        "ms",
                        "costs"),
                new Figure(
                        "allocatedMegabytesPerGraph",
                        "allocated for a graph, all clusters in view",
                        size.clusters() * of.value("allocatedKilobytesPerCluster") / KILO,
                        "MB",
                        "clusters x allocatedKilobytesPerCluster"),
                new Figure(
                        "steadyPassesPerSecond",
                        "passes of the steady state",
                        looks,
                        "per second",
                        "graphs / driftSeconds"),
                new Figure(
                        "steadyCores",
                        "processor time of the steady state",
                        factor
                                * (graphs * model.costs().steady().perGraphMillis()
                                        + size.clusters()
                                                * model.costs().steady().perClusterMillis())
                                / KILO,
                        "cores",
                        "costs of graphs and clusters, all owners together"),
                new Figure(
                        "lookSeconds",
                        "a look at every graph after a start",
                        factor * graphs * model.costs().lookMillis() / KILO,
                        "s of processor time",
                        "costs"),
                new Figure(
                        "prometheusQueriesPerSecond",
                        "queries to Prometheus",
                        Math.ceil(services / namesPerQuery) / of.value("scalingSeconds"),
                        "per second and metric",
                        "services / names per query / scalingSeconds"),
                new Figure(
                        "heapMegabytes",
                        "heap after a collection",
                        graphs * of.value("heapKilobytesPerGraph") / KILO,
                        "MB",
                        "graphs x heapKilobytesPerGraph"),
                new Figure(
                        "databaseMegabytes",
                        "database after one deployment of each",
                        graphs * of.value("databaseKilobytesPerGraph") / KILO,
                        "MB",
                        "graphs x databaseKilobytesPerGraph"),
                new Figure(
                        "logMegabytesPerSecond",
                        "log of the database while deploying",
                        deploymentsPerSecond * of.value("logKilobytesPerGraph") / KILO,
                        "MB/s",
                        "graphs per second x logKilobytesPerGraph"),
                new Figure(
                        "commitsPerSecond",
                        "commits while deploying",
                        deploymentsPerSecond * of.value("commitsPerGraph"),
                        "per second",
                        "graphs per second x commitsPerGraph"),
                new Figure(
                        "ownersByConnections",
                        "owners until connections are used up",
                        Math.floor(of.value("databaseConnections") / of.value("connectionsPerOwner")),
                        "owners",
                        "databaseConnections / connectionsPerOwner"),
                new Figure(
                        "decisionsPerDay",
                        "decisions of a day",
                        changes * of.value("decisionsPerDeployment"),
                        "decisions",
                        "graphs x changesPerGraphAndDay x decisionsPerDeployment"),
                new Figure(
                        "retentionDecisionDays",
                        "days of decisions that retention keeps",
                        of.value("retentionDecisions") / (changes * of.value("decisionsPerDeployment")),
                        "days",
                        "retentionDecisions / decisions of a day"),
                new Figure(
                        "eventsPerSecond",
                        "events while deploying",
                        deploymentsPerSecond * of.value("eventsPerGraph"),
                        "per second",
                        "graphs per second x eventsPerGraph"),
                new Figure(
                        "retentionEventHours",
                        "hours of events that retention keeps",
                        of.value("retentionEvents") / (changes * of.value("eventsPerGraph")) * SECONDS_PER_DAY / 3600,
                        "h",
                        "retentionEvents / events of a day"),
                new Figure(
                        "karmadas",
                        "Karmada control planes",
                        Math.ceil(size.clusters() / of.value("clustersPerKarmada")),
                        "control planes",
                        "clusters / clustersPerKarmada"),
                new Figure(
                        "listPagesPerSecond",
                        "pages of lists from control planes",
                        pages / of.value("resyncSeconds"),
                        "per second",
                        "objects / objectsPerPage / resyncSeconds"),
                new Figure(
                        "listMegabytesPerSecond",
                        "bytes of lists from control planes",
                        objects * of.value("objectKilobytes") / KILO / of.value("resyncSeconds"),
                        "MB/s",
                        "objects x objectKilobytes / resyncSeconds"),
                new Figure(
                        "probesPerSecond",
                        "probes of members",
                        size.clusters() / of.value("probeSeconds"),
                        "per second",
                        "clusters / probeSeconds"));
    }
}
