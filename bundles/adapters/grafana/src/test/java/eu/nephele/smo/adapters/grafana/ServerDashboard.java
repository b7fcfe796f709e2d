// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.adapters.grafana.Panel.Grid;
import eu.nephele.smo.adapters.grafana.Panel.PanelQuery;

/** The dashboard of the SMO itself, in the style of those that it publishes: the file of the installation is made by it. */
final class ServerDashboard {

    private static final int SCHEMA = 40;
    private static final int COLUMNS = 24;
    private static final int HEIGHT = 7;
    private static final String DATASOURCE = "${datasource}";

    private final ArrayNode panels = JsonNodeFactory.instance.arrayNode();
    private int x;
    private int y;

    static ObjectNode json() {
        ServerDashboard dashboard = new ServerDashboard();
        dashboard.state();
        dashboard.requests();
        dashboard.graphs();
        dashboard.decisions();
        dashboard.queues();
        dashboard.outside();
        dashboard.store();
        dashboard.audit();
        dashboard.machine();
        return dashboard.whole();
    }

    private void state() {
        row("State");
        stat("Ready", 4, "", "smo_health_ready");
        stat("Owners", 4, "", "sum(smo_health_owner)");
        stat("Failing checks", 4, "", "sum(smo_health_failing)");
        stat("Warnings", 4, "", "sum(smo_health_warning)");
        stat("Runs since", 4, "s", "process_uptime_seconds");
        stat("Certificate ends in", 4, "s", "smo_access_tls_remaining_seconds");
        empty("Empty without TLS");
    }

    private void requests() {
        row("Requests");
        lines(
                "Requests",
                6,
                "reqps",
                query("sum by (method) (rate(smo_http_requests_seconds_count[5m]))", "{{method}}"));
        lines(
                "Errors",
                6,
                "reqps",
                query("sum by (status) (rate(smo_http_requests_seconds_count{status=~\"[45]..\"}[5m]))", "{{status}}"));
        quantiles("Latency", 6, "smo_http_requests_seconds", "{route!~\".*/events.*\"}");
        lines(
                "Slowest routes, P99",
                6,
                "s",
                query(
                        "topk(5, histogram_quantile(0.99, sum by (le, route) (rate(smo_http_requests_seconds_bucket[5m]))) >= 0)",
                        "{{route}}"));
    }

    private void graphs() {
        row("Graphs and operations");
        panel(Panel.lines(
                "Graphs by phase",
                grid(8),
                FieldConfig.of("").min(0).stack(),
                query("sum by (phase) (smo_engine_graphs)", "{{phase}}")));
        lines(
                "Services, resources of other kinds",
                4,
                "",
                query("sum(smo_engine_services)", "services"),
                query("sum by (kind) (smo_runtime_resources)", "{{kind}}"));
        empty("Empty for kinds without resources");
        lines(
                "Operations",
                4,
                "",
                query("sum(smo_engine_operations)", "open"),
                query("sum by (outcome) (increase(smo_engine_operation_seconds_count[5m]))", "{{outcome}} in 5 min"));
        quantiles("Duration of operations", 4, "smo_engine_operation_seconds", "");
        lines("Oldest open operation", 4, "s", query("max(smo_engine_oldest_operation_seconds)", "age"));
    }

    private void decisions() {
        row("Passes and decisions");
        lines("Passes", 5, "ops", query("sum by (outcome) (rate(smo_engine_pass_seconds_count[5m]))", "{{outcome}}"));
        quantiles("Duration of passes", 5, "smo_engine_pass_seconds", "");
        lines(
                "Solver time, P99",
                5,
                "s",
                query(
                        "histogram_quantile(0.99, sum by (le, strategy) (rate(smo_placement_duration_seconds_bucket[5m]))) >= 0",
                        "placement {{strategy}}"),
                query(
                        "histogram_quantile(0.99, sum by (le, strategy) (rate(smo_scaling_duration_seconds_bucket[5m]))) >= 0",
                        "scaling {{strategy}}"));
        lines(
                "Decisions",
                5,
                "ops",
                query("sum by (outcome) (rate(smo_placement_duration_seconds_count[5m]))", "placement {{outcome}}"),
                query("sum by (outcome) (rate(smo_scaling_duration_seconds_count[5m]))", "scaling {{outcome}}"));
        lines(
                "Faults of strategies",
                4,
                "",
                query("sum by (strategy, what) (increase(smo_strategy_faults_total[5m]))", "{{strategy}} {{what}}"));
        empty("Empty until the first fault");
    }

    private void queues() {
        row("Queues");
        panel(Panel.lines(
                "Graphs that wait for a pass",
                grid(6),
                FieldConfig.of("").min(0).stack(),
                query("sum by (lane) (smo_engine_waiting_graphs)", "{{lane}}")));
        lines("Oldest change without a pass", 6, "s", query("max(smo_engine_oldest_change_seconds)", "age"));
        lines(
                "Background work that waits",
                6,
                "",
                query("sum(smo_journal_queue_decisions)", "decisions"),
                query("sum(smo_audit_waiting_entries)", "audit entries"),
                query("max(smo_events_subscriber_lag_events)", "events"),
                query("sum by (state) (smo_events_backlog_deliveries)", "deliveries {{state}}"));
        lines(
                "Rejected changes",
                6,
                "ops",
                query("sum by (reason) (rate(smo_engine_refused_total[5m]))", "{{reason}}"));
        empty("Empty until changes are rejected under overload");
    }

    private void outside() {
        row("External systems");
        lines("Circuits: 0 closed, 1 half-open, 2 open", 6, "", query("smo_outside_access", "{{system}}"));
        lines(
                "Calls",
                6,
                "ops",
                query("sum by (system, outcome) (rate(smo_outside_calls_total[5m]))", "{{system}} {{outcome}}"));
        lines(
                "Duration of calls, P99",
                6,
                "s",
                query(
                        "histogram_quantile(0.99, sum by (le, system) (rate(smo_outside_call_duration_seconds_bucket[5m]))) >= 0",
                        "{{system}}"));
        lines(
                "Retries and old answers",
                6,
                "ops",
                query("sum by (system) (rate(smo_outside_retries_total[5m]))", "retries {{system}}"),
                query("sum by (system) (rate(smo_outside_stale_answers_total[5m]))", "old answers {{system}}"));
        empty("Empty until a call fails");
    }

    private void store() {
        row("Database and events");
        quantiles("Duration of writes", 6, "smo_store_write_seconds", "");
        lines("Statements", 6, "ops", query("sum(rate(smo_store_statements[5m]))", "statements"));
        lines(
                "Connections",
                6,
                "",
                query("sum by (state) (smo_store_connections)", "{{state}}"),
                query("sum(smo_store_waiting_threads)", "threads that wait"));
        lines("Events", 6, "ops", query("sum(rate(smo_events_published_total[5m]))", "published"));
    }

    private void audit() {
        row("Audit and identity");
        lines("Audit entries", 5, "ops", query("sum(rate(smo_audit_entries_total[5m]))", "entries"));
        lines("Age of the anchors", 5, "s", query("max(smo_audit_anchor_age_seconds)", "age"));
        lines(
                "Failures of the audit",
                4,
                "",
                query("sum by (what) (increase(smo_audit_failures_total[5m]))", "{{what}}"));
        empty("Empty until an attempt fails");
        lines(
                "Checks of passwords",
                5,
                "",
                query("sum by (outcome) (increase(smo_identity_passwords_total[5m]))", "{{outcome}} in 5 min"));
        lines(
                "Refused requests",
                5,
                "reqps",
                query(
                        "sum by (status) (rate(smo_http_requests_seconds_count{status=~\"401|403\"}[5m]))",
                        "{{status}}"));
    }

    private void machine() {
        row("Process and machine");
        lines(
                "Heap",
                5,
                "bytes",
                query("sum by (instance) (jvm_memory_used_bytes{area=\"heap\"})", "used"),
                query("sum by (instance) (jvm_memory_committed_bytes{area=\"heap\"})", "committed"));
        panel(Panel.lines(
                "Heap after collections",
                grid(4),
                FieldConfig.of("percentunit").range(0, 1),
                query("jvm_memory_usage_after_gc", "")));
        lines(
                "Time in collections",
                5,
                "percentunit",
                query("sum by (cause) (rate(jvm_gc_pause_seconds_sum[5m]))", "{{cause}}"));
        lines(
                "Processor",
                5,
                "percentunit",
                query("process_cpu_usage", "process"),
                query("system_cpu_usage", "machine"));
        lines(
                "Threads",
                5,
                "",
                query("jvm_threads_live_threads", "live"),
                query("smo_strategy_abandoned_threads", "abandoned in strategies"));
        lines("Disk", 6, "bytes", query("smo_disk_free_bytes", "free"), query("smo_disk_size_bytes", "size"));
    }

    private ObjectNode whole() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .putNull("id")
                .put("uid", "smo-server")
                .put("title", "SMO")
                .put("description", "The SMO itself, by its metrics.")
                .put("editable", true)
                .put("timezone", "browser")
                .put("schemaVersion", SCHEMA)
                .put("refresh", "30s");
        json.putArray("tags").add("smo");
        json.putObject("time").put("from", "now-3h").put("to", "now");
        json.putObject("templating")
                .putArray("list")
                .addObject()
                .put("name", "datasource")
                .put("type", "datasource")
                .put("label", "Data source")
                .put("query", "prometheus");
        json.set("panels", panels);
        return json;
    }

    private void row(String title) {
        if (x > 0) {
            y += HEIGHT;
        }
        x = 0;
        ObjectNode row = panels.addObject()
                .put("id", panels.size())
                .put("title", title)
                .put("type", "row")
                .put("collapsed", false);
        row.putObject("gridPos").put("h", 1).put("w", COLUMNS).put("x", 0).put("y", y);
        row.putArray("panels");
        y++;
    }

    private Grid grid(int width) {
        if (x + width > COLUMNS) {
            x = 0;
            y += HEIGHT;
        }
        Grid grid = new Grid(x, y, width, HEIGHT);
        x += width;
        return grid;
    }

    private static PanelQuery query(String expr, String legend) {
        return new PanelQuery(expr, legend);
    }

    private void stat(String title, int width, String unit, String expr) {
        panel(Panel.stat(title, grid(width), FieldConfig.of(unit), expr));
    }

    private void lines(String title, int width, String unit, PanelQuery... queries) {
        panel(Panel.lines(title, grid(width), FieldConfig.of(unit).min(0), queries));
    }

    private void quantiles(String title, int width, String histogram, String selector) {
        String expr = "histogram_quantile(%s, sum by (le) (rate(%s_bucket%s[5m])))";
        lines(
                title,
                width,
                "s",
                query(expr.formatted("0.5", histogram, selector), "P50"),
                query(expr.formatted("0.99", histogram, selector), "P99"));
    }

    private void panel(Panel panel) {
        panels.add(panel.json(panels.size() + 1, DATASOURCE));
    }

    /** Says why the latest panel may have no data. */
    private void empty(String reason) {
        ((ObjectNode) panels.get(panels.size() - 1)).put("description", reason + ".");
    }
}
