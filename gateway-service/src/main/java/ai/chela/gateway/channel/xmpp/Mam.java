package ai.chela.gateway.channel.xmpp;

import java.io.IOException;
import java.text.ParseException;
import javax.xml.namespace.QName;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.parsing.SmackParsingException;
import org.jivesoftware.smack.provider.ExtensionElementProvider;
import org.jivesoftware.smack.provider.IqProvider;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.util.XmlStringBuilder;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jivesoftware.smackx.forward.packet.Forwarded;
import org.jivesoftware.smackx.forward.provider.ForwardedProvider;
import org.jivesoftware.smackx.rsm.packet.RSMSet;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.jspecify.annotations.Nullable;
import org.jxmpp.JxmppContext;

/** The elements of XEP-0313, Message Archive Management, as far as they are used here. */
final class Mam {
    static final String NAMESPACE = "urn:xmpp:mam:2";
    static final QName RESULT = new QName(NAMESPACE, "result");
    private static final String FIN = "fin";
    private static final String PREFS = "prefs";

    private Mam() {}

    /** Makes Smack read these elements; again changes nothing. */
    static void register() {
        ProviderManager.addExtensionProvider(RESULT.getLocalPart(), NAMESPACE, new ResultProvider());
        ProviderManager.addIQProvider(FIN, NAMESPACE, new FinProvider());
        ProviderManager.addIQProvider(PREFS, NAMESPACE, new PreferencesProvider());
    }

    /** Asks the own account's archive. */
    static final class Query extends IQ {
        private final String id;

        /**
         * @param id by which the results are recognised; nobody else may know it
         */
        @SuppressWarnings("this-escape") // the way in which Smack's stanzas get their children
        Query(String id, DataForm form, RSMSet page) {
            super("query", NAMESPACE);
            this.id = id;
            setType(Type.set);
            addExtension(form);
            addExtension(page);
        }

        @Override
        protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
            xml.attribute("queryid", id).rightAngleBracket();
            return xml;
        }
    }

    /** The end of a page. */
    static final class Fin extends IQ {
        private final boolean complete;

        Fin(boolean complete) {
            super(FIN, NAMESPACE);
            this.complete = complete;
        }

        /** Whether there is nothing after this page. */
        boolean complete() {
            return complete;
        }

        @Override
        protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
            xml.optBooleanAttribute("complete", complete);
            xml.setEmptyElement();
            return xml;
        }
    }

    /** What is archived by default: {@code always}, {@code roster} or {@code never}; null in the question. */
    static final class Preferences extends IQ {
        private final @Nullable String archived;

        Preferences(@Nullable String archived) {
            super(PREFS, NAMESPACE);
            this.archived = archived;
        }

        boolean everything() {
            return "always".equals(archived);
        }

        @Override
        protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
            xml.optAttribute("default", archived);
            xml.setEmptyElement();
            return xml;
        }
    }

    /** One message of the archive. */
    record Result(String query, String id, Forwarded<Message> forwarded) implements ExtensionElement {
        @Override
        public String getElementName() {
            return RESULT.getLocalPart();
        }

        @Override
        public String getNamespace() {
            return NAMESPACE;
        }

        @Override
        public XmlStringBuilder toXML(XmlEnvironment environment) {
            return new XmlStringBuilder(this, environment)
                    .attribute("queryid", query)
                    .attribute("id", id)
                    .rightAngleBracket()
                    .append(forwarded)
                    .closeElement(this);
        }
    }

    private static final class ResultProvider extends ExtensionElementProvider<Result> {
        @Override
        public Result parse(XmlPullParser parser, int depth, XmlEnvironment environment, JxmppContext context)
                throws XmlPullParserException, IOException, SmackParsingException, ParseException {
            String query = parser.getAttributeValue("", "queryid");
            String id = parser.getAttributeValue("", "id");
            Forwarded<Message> forwarded = null;
            while (parser.getDepth() > depth || parser.getEventType() != XmlPullParser.Event.END_ELEMENT) {
                if (parser.next() == XmlPullParser.Event.START_ELEMENT && Forwarded.ELEMENT.equals(parser.getName()))
                    forwarded = ForwardedProvider.parseForwardedMessage(parser, environment, context);
            }
            if (id == null || forwarded == null) throw new SmackParsingException("a result without id or message");
            return new Result(query == null ? "" : query, id, forwarded);
        }
    }

    private static final class FinProvider extends IqProvider<Fin> {
        @Override
        public Fin parse(XmlPullParser parser, int depth, IqData iq, XmlEnvironment environment, JxmppContext context)
                throws XmlPullParserException, IOException {
            String complete = parser.getAttributeValue("", "complete");
            toEnd(parser, depth);
            return new Fin("true".equals(complete) || "1".equals(complete));
        }
    }

    private static final class PreferencesProvider extends IqProvider<Preferences> {
        @Override
        public Preferences parse(
                XmlPullParser parser, int depth, IqData iq, XmlEnvironment environment, JxmppContext context)
                throws XmlPullParserException, IOException {
            String archived = parser.getAttributeValue("", "default");
            toEnd(parser, depth);
            return new Preferences(archived);
        }
    }

    private static void toEnd(XmlPullParser parser, int depth) throws XmlPullParserException, IOException {
        while (parser.getDepth() > depth || parser.getEventType() != XmlPullParser.Event.END_ELEMENT) parser.next();
    }
}
