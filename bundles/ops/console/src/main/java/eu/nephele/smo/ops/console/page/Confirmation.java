// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.core.contract.plugin.PluginService.PluginUse;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import eu.nephele.smo.ops.console.html.PageView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows the graphs that use a plugin before it is removed. The action can be forced only from here, and only for the
 * list shown.
 *
 * @param action {@code remove}, {@code stop} or {@code upgrade}
 * @param version its version, "" for all
 */
record Confirmation(String action, String id, String version, List<PluginUse> uses, PageView view) implements Fragment {

    static final String SHOWN = "shown";

    @Override
    public void write(Html html) {
        html.element(
                        "h3",
                        "Really %s %s %s?".formatted(action, id, version).replace(" ?", "?"),
                        "class",
                        "ui-widget-header")
                .element(
                        "p",
                        uses.isEmpty()
                                ? "No graph uses it now."
                                : "These graphs use it. Their fallback chain decides for them from then on.");
        html.add(PluginDetail.graphs(uses));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("version", version);
        fields.put(SHOWN, digest(uses));
        html.add(
                action.equals("upgrade")
                        ? view.upload(action, "Upgrade all the same", fields)
                        : view.button(action, "Do it all the same", fields));
        html.open("p").open("a", "href", view.root()).text("No").close("a").close("p");
    }

    static String digest(List<PluginUse> uses) {
        String text = uses.stream()
                .map(use -> use.graph() + "\t" + use.how())
                .sorted()
                .collect(Collectors.joining("\n"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is not available", impossible);
        }
    }
}
