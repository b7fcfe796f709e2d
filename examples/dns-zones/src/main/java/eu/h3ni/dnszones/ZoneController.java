// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.dnszones;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Writes DNS zones into the folder of a name server. A zone has the name of its origin, its serial number is its
 * generation, and the first line of its file names its owner.
 */
@Component(
        configurationPid = "eu.h3ni.dns-zones",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = ResourceController.KIND + "=" + ZoneController.ZONE)
@Designate(ocd = ZonesConfig.class)
public final class ZoneController implements ResourceController {

    static final String ZONE = "zone";

    private final ZoneFolder folder;

    @Activate
    public ZoneController(ZonesConfig config) {
        this(new ZoneFolder(Path.of(config.folder())));
    }

    ZoneController(ZoneFolder folder) {
        this.folder = folder;
    }

    // docs: controller
    @Override
    public ResourceKind kind() {
        try (InputStream schema = ZoneController.class.getResourceAsStream("zone.schema.json")) {
            String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            return new ResourceKind(ZONE, ResourceKind.Scope.PROJECT, 1, text, Set.of("/nameServer"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reconciled reconcile(Resource zone, Reconciliation call) {
        try {
            return reconcile(zone);
        } catch (IOException e) {
            String message = "%s; make sure that the folder exists and can be written".formatted(e);
            throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "dns-zones", message, e);
        }
    }

    private Reconciled reconcile(Resource zone) throws IOException {
        String origin = zone.ref().name();
        folder.removeHalf(origin, zone.uid());
        Optional<String> present = folder.text(origin);
        boolean foreign = present.filter(text -> !text.startsWith(owner(zone))).isPresent();
        if (zone.leaving()) {
            if (!foreign) {
                folder.remove(origin);
            }
            return Reconciled.gone();
        }
        String wanted = render(zone);
        boolean written = !foreign
                && (present.filter(wanted::equals).isPresent()
                        || folder.write(origin, zone.uid(), wanted, present.isPresent()));
        if (!written) {
            return Reconciled.failed(
                    JsonObject.EMPTY, "Zone %s in the folder has another owner; remove it first".formatted(origin));
        }
        return Reconciled.ready(JsonObject.EMPTY
                .with("file", new JsonString(origin + ".zone"))
                .with("serial", JsonNumber.of(zone.generation())));
    }
    // docs: end

    private static String owner(Resource zone) {
        return "; %s\n".formatted(zone.key("file"));
    }

    /** A master file, RFC 1035 section 5, that names its owner. */
    static String render(Resource zone) {
        String server = text(zone.desired(), "nameServer");
        StringBuilder file = new StringBuilder(owner(zone));
        file.append("$ORIGIN %s.\n$TTL 60\n".formatted(zone.ref().name()));
        file.append("@ IN SOA %s. hostmaster (%d 3600 600 86400 60)\n".formatted(server, zone.generation()));
        file.append("@ IN NS %s.\n".formatted(server));
        for (JsonValue value : zone.desired().get("records").flatMap(JsonValue::asArray).orElse(List.of())) {
            JsonObject entry = value.asObject().orElse(JsonObject.EMPTY);
            file.append("%s IN A %s\n".formatted(text(entry, "name"), text(entry, "address")));
        }
        return file.toString();
    }

    private static String text(JsonObject document, String member) {
        return document.get(member).flatMap(JsonValue::asString).orElse("");
    }
}
