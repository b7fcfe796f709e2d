/** The value model: graphs as declared, clusters as observed, amounts with their units. Immutable, validated once on construction. */
@Export
@Version("0.4.0")
package eu.nephele.smo.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
