/** What resources of the product read requests and write answers with. */
@Export
@Version("0.1.0")
package eu.nephele.smo.access.http;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
