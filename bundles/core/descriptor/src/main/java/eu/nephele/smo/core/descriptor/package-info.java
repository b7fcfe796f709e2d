/** Descriptors of graphs: JSON and YAML to the model, with precise errors, and the published JSON Schema. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.descriptor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
