// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.core.contract.plugin.ProductBundles;
import eu.nephele.smo.core.descriptor.schema.InstalledSchemas;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** The time at which schemas are read: a bad one is reported then. */
class KindSchemasTest {

    private static final Instant FIRST_START = Instant.parse("2026-01-01T10:00:00Z");
    private static final String HOME = "reference:file:/opt/smo/bundles/";
    private static final ResourceKind BAD = kind("{\"type\": \"object\", \"pattern\": 7, \"$ref\": \"#/no\"}");
    private static final ResourceKind GOOD = kind("{\"type\": \"object\", \"required\": [\"slots\"]}");

    private final KindSchemas schemas =
            new KindSchemas(new InstalledSchemas(), new ProductBundles(true, List.of(HOME)), FIRST_START);

    private static ResourceKind kind(String schema) {
        return new ResourceKind("rack", ResourceKind.Scope.PROJECT, 1, schema, Set.of());
    }

    private static Bundle bundle(String location, Instant modified) {
        Bundle bundle = mock(Bundle.class);
        when(bundle.getBundleId()).thenReturn(7L);
        when(bundle.getLocation()).thenReturn(location);
        when(bundle.getLastModified()).thenReturn(modified.toEpochMilli());
        return bundle;
    }

    private void isRefusedAtOnce(KindSchemas by, Bundle bundle) {
        assertThatThrownBy(() -> by.checker(BAD, bundle))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no JSON Schema");
        assertThat(by.checker(GOOD, bundle).check(JsonObject.EMPTY, 10)).hasSize(1);
    }

    @Test
    void whatTheProductCameWithIsReadWithTheFirstDocument() {
        Bundle original = bundle(HOME + "racks.jar", FIRST_START);
        assertThat(schemas.checker(GOOD, original).check(JsonObject.EMPTY, 10)).hasSize(1);
        assertThatThrownBy(() -> schemas.checker(BAD, original).check(JsonObject.EMPTY, 10))
                .hasMessageContaining("no JSON Schema");
        schemas.checker(BAD, original);
    }

    @Test
    void whatTookItsPlaceInTheRunningServerIsReadAtOnce() {
        isRefusedAtOnce(schemas, bundle(HOME + "racks.jar", FIRST_START.plusMillis(1)));
    }

    @Test
    void whatComesFromElsewhereIsReadAtOnce() {
        isRefusedAtOnce(schemas, bundle("smo-plugin:racks", FIRST_START.minusSeconds(60)));
    }

    @Test
    void whereThereIsNoProductEverythingIsReadAtOnce() {
        isRefusedAtOnce(
                new KindSchemas(new InstalledSchemas(), new ProductBundles(false, List.of(HOME)), FIRST_START),
                bundle(HOME + "racks.jar", FIRST_START));
    }

    @Test
    void whereNobodyKnowsTheFirstStartEverythingIsReadAtOnce() {
        isRefusedAtOnce(
                new KindSchemas(new InstalledSchemas(), new ProductBundles(true, List.of(HOME)), Instant.EPOCH),
                bundle(HOME + "racks.jar", FIRST_START));
    }
}
