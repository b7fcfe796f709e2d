/** Helpers of the product's resources for reading requests and writing answers. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
