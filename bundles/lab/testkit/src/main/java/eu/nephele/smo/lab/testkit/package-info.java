/** Contract tests that every plug-in of the SMO has to pass: extend one, give the object, run. */
package eu.nephele.smo.lab.testkit;
