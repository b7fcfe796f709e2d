// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** @param type {@code timeseries}, {@code stat} or {@code gauge} */
record Panel(String title, String type, Grid grid, FieldConfig field, List<PanelQuery> targets) {

    /** Place and size in the 24 columns of a dashboard. */
    record Grid(int x, int y, int width, int height) {}

    /**
     * @param expr PromQL
     * @param legend name of the line; "" leaves it to Grafana
     */
    record PanelQuery(String expr, String legend) {}

    Panel {
        targets = List.copyOf(targets);
    }

    static Panel lines(String title, Grid grid, FieldConfig field, PanelQuery... targets) {
        return new Panel(title, "timeseries", grid, field, List.of(targets));
    }

    static Panel gauge(String title, Grid grid, FieldConfig field, String expr) {
        return new Panel(title, "gauge", grid, field, List.of(new PanelQuery(expr, "")));
    }

    static Panel stat(String title, Grid grid, FieldConfig field, String expr) {
        return new Panel(title, "stat", grid, field, List.of(new PanelQuery(expr, "")));
    }

    /** @param datasource uid in Grafana */
    ObjectNode json(int id, String datasource) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("title", title)
                .put("type", type);
        datasource(json, datasource);
        json.putObject("gridPos")
                .put("h", grid.height())
                .put("w", grid.width())
                .put("x", grid.x())
                .put("y", grid.y());
        json.set("fieldConfig", field.json());
        ArrayNode list = json.putArray("targets");
        for (int i = 0; i < targets.size(); i++) {
            PanelQuery panelQuery = targets.get(i);
            ObjectNode entry = list.addObject()
                    .put("refId", String.valueOf((char) ('A' + i)))
                    .put("expr", panelQuery.expr())
                    .put("legendFormat", panelQuery.legend().isEmpty() ? "__auto" : panelQuery.legend())
                    .put("editorMode", "code")
                    .put("range", true);
            datasource(entry, datasource);
        }
        return json;
    }

    private static void datasource(ObjectNode json, String uid) {
        json.putObject("datasource").put("type", "prometheus").put("uid", uid);
    }
}
