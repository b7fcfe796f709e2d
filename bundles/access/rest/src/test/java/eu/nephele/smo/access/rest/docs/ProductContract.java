// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Manifest;

/** The OpenAPI document of the product with all its bundles, which are on the class path here. */
public final class ProductContract {

    private static final JoinedContract JOINED = join();

    private ProductContract() {}

    /** The same one for all tests: to read and to write it takes longer than most of them. */
    public static JoinedContract joined() {
        return JOINED;
    }

    private static JoinedContract join() {
        JoinedContract contract = new JoinedContract();
        contract.bring(parts());
        if (contract.yaml().isEmpty() || !contract.warnings().isEmpty()) {
            throw new AssertionError(contract.warnings());
        }
        return contract;
    }

    static List<BundlePart> parts() {
        List<BundlePart> parts = new ArrayList<>();
        try {
            for (URL file :
                    Collections.list(ProductContract.class.getClassLoader().getResources(BundleFragmentTracker.FILE))) {
                parts.add(new BundlePart(symbolicName(new URL(file, "../META-INF/MANIFEST.MF")), "1.0.0", file, true));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return parts;
    }

    private static String symbolicName(URL manifest) throws IOException {
        try (InputStream content = manifest.openStream()) {
            return new Manifest(content).getMainAttributes().getValue("Bundle-SymbolicName");
        }
    }
}
