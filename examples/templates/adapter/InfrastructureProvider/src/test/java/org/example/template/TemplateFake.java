// SPDX-License-Identifier: Apache-2.0
package org.example.template;

import eu.nephele.smo.lab.testkit.OutsideSystem;
import eu.nephele.smo.lab.testkit.OutsideSystem.Reply;
import eu.nephele.smo.lab.testkit.OutsideSystem.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A system with the interface that the README describes. */
final class TemplateFake {

    private static final Pattern NAME = Pattern.compile("\"name\":\"([a-z0-9-]+)\"");

    private final Map<String, Integer> nodes = new ConcurrentSkipListMap<>();

    static OutsideSystem open() {
        return OutsideSystem.answering(new TemplateFake()::reply);
    }

    private Reply reply(Request request) {
        String[] path = request.path().split("/");
        String id = path.length > 2 ? path[2] : "";
        if (!id.isEmpty() && !nodes.containsKey(id)) {
            return new Reply(404, "text/plain", "no pool " + id);
        }
        return switch (request.method()) {
            case "POST" -> make(request.body());
            case "PUT" -> set(id, Integer.parseInt(request.body()));
            case "DELETE" -> new Reply(nodes.remove(id) == null ? 404 : 204, "text/plain", "");
            default ->
                Reply.text(
                        String.join("", nodes.keySet().stream().map(this::line).toList()));
        };
    }

    private Reply make(String wish) {
        Matcher name = NAME.matcher(wish);
        if (!name.find()) {
            return new Reply(422, "text/plain", "a pool has a name");
        }
        return nodes.containsKey(name.group(1)) ? new Reply(409, "text/plain", "taken") : set(name.group(1), 1);
    }

    private Reply set(String id, int wanted) {
        nodes.put(id, wanted);
        return Reply.text(line(id));
    }

    private String line(String id) {
        return "%s;READY;%d\n".formatted(id, nodes.get(id));
    }
}
