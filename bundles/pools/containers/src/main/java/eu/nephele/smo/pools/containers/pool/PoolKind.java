// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.pools.containers.check.FileSchema;
import java.util.Set;

/** The kind of pools. */
final class PoolKind {

    static final String NAME = "container-pool";

    static final ResourceKind KIND =
            new ResourceKind(NAME, ResourceKind.Scope.PROJECT, 1, schema().toString(), Set.of());

    private static final int LONGEST_MARK = 100;

    private PoolKind() {}

    /** The schema of the file is a member of that of pools; what it refers to is at the root there. */
    private static ObjectNode schema() {
        ObjectNode file = FileSchema.document();
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode schema = json.objectNode();
        schema.set("$schema", file.remove("$schema"));
        file.remove("$id");
        ObjectNode definitions = (ObjectNode) file.remove("$defs");
        schema.put("title", "A pool of containers");
        schema.put("type", "object");
        schema.putArray("required").add(PoolDocument.FILE);
        ObjectNode members = schema.putObject("properties");
        members.set(PoolDocument.FILE, file);
        members.putObject(PoolDocument.REPLACED)
                .put("description", "By service: another text, when all of its containers are to be replaced")
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "string")
                .put("maxLength", LONGEST_MARK);
        schema.put("additionalProperties", false);
        schema.set("$defs", definitions);
        return schema;
    }
}
